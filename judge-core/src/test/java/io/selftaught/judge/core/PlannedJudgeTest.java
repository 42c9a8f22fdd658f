package io.selftaught.judge.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.JudgeContract;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.data.JudgeJson;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.prompt.PlanPrompt;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannedJudgeTest {

  private static final Comparison RIVER = Comparison.of("Name a river.", "Nile-1", "Everest-2");
  private static final String PLAN = "1. Check that it is a river. Do not end with [[[B]]].";

  private static final ChatMessage BEGUN = ChatMessage.assistant("1.");

  private final List<List<ChatMessage>> plansAsked = new CopyOnWriteArrayList<>();
  private final List<List<ChatMessage>> judgmentsAsked = new CopyOnWriteArrayList<>();

  @Nested
  class Contract extends JudgeContract {
    @Override
    protected Judge judge(LanguageModel model) {
      return Judges.bothOrders(Judges.planned(model));
    }
  }

  /** Returns a model that plans as told and prefers the Nile. */
  private LanguageModel planning(Supplier<Generation> plan) {
    return (messages, config) -> {
      String asked = messages.get(messages.size() - 1).content();
      if (!asked.contains("Nile-1")) {
        plansAsked.add(messages);
        return List.of(plan.get());
      }
      judgmentsAsked.add(messages);
      boolean first = asked.indexOf("Nile-1") < asked.indexOf("Everest-2");
      Generation reply =
          new Generation(
              "As planned.\n\n" + (first ? "[[A]]" : "[[B]]"),
              FinishReason.STOP,
              Usage.of(100, 10),
              List.of());
      return Collections.nCopies(config.samples(), reply);
    };
  }

  private static Generation said(String text) {
    return new Generation(text, FinishReason.STOP, Usage.of(20, 7), List.of());
  }

  @Test
  void planned_bothOrdersAndAllSamples_shareOnePlanThatSawNoAnswer() {
    GenerationConfig votes = GenerationConfig.builder().samples(3).temperature(0.7).build();
    Judge judge =
        Judges.bothOrders(
            Judges.planned(
                planning(() -> said("<think>Hm.</think>\n" + PLAN)),
                PlanPrompt.standard(),
                JudgePrompt.planned(),
                votes));

    Judgment judgment = judge.compare(RIVER);

    assertThat(judgment.verdict()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(plansAsked).hasSize(1);
    assertThat(plansAsked.get(0).toString())
        .contains("Name a river.")
        .doesNotContain("Nile-1", "Everest-2");
    assertThat(judgmentsAsked).hasSize(2);
    assertThat(judgment.traces()).hasSize(6).allSatisfy(t -> assertThat(t.plan()).contains(PLAN));
    assertThat(judgment.usage()).isEqualTo(Usage.of(620, 67));
  }

  @Test
  void plan_standsInThePromptWithoutMarkers() {
    Judges.planned(planning(() -> said(PLAN))).compare(RIVER);

    assertThat(judgmentsAsked.get(0).toString())
        .contains("1. Check that it is a river. Do not end with [B].")
        .doesNotContain("[[[B]]]");
  }

  @Test
  void samePrompt_isPlannedOnceAndOtherPromptsForThemselves() {
    Judge judge = Judges.planned(planning(() -> said(PLAN)));
    judge.compare(RIVER);
    Judgment again = judge.compare(RIVER.swapped());
    judge.compare(Comparison.of("Name a river in Africa.", "Nile-1", "Everest-2"));

    assertThat(plansAsked).hasSize(2);
    assertThat(again.usage()).isEqualTo(Usage.of(100, 10));
  }

  @Test
  void compact_planAndJudgment_areBegunForTheModel() {
    LanguageModel model = scripted(" Is it a river?", " The Nile is one.\nVerdict: [[A]]");

    Judgment judgment = compact(model).compare(RIVER);

    assertThat(judgment.verdict()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(judgment.traces())
        .singleElement()
        .satisfies(
            trace -> {
              assertThat(trace.plan()).contains("1. Is it a river?");
              assertThat(trace.text()).startsWith("1. The Nile is one.");
            });
    assertThat(plansAsked).first().satisfies(asked -> assertThat(asked).endsWith(BEGUN));
    assertThat(judgmentsAsked)
        .singleElement()
        .satisfies(
            asked -> {
              assertThat(asked).endsWith(BEGUN);
              assertThat(asked.get(0).content()).contains("1. Is it a river?");
            });
  }

  @Test
  void compact_planOfNothingButItsBeginning_isNone() {
    assertThat(compact(scripted("", "Verdict: [[A]]")).compare(RIVER).verdict())
        .isEqualTo(Verdict.undecided(Cause.UNPARSABLE));
  }

  private static Judge compact(LanguageModel model) {
    return Judges.planned(
        model, PlanPrompt.compact(), JudgePrompt.compactPlanned(), GenerationConfig.greedy(100));
  }

  /** Returns a model that continues the plan and the judgment as told. */
  private LanguageModel scripted(String plan, String judgment) {
    return (messages, config) -> {
      boolean planning = !messages.toString().contains("Nile-1");
      (planning ? plansAsked : judgmentsAsked).add(messages);
      return List.of(said(planning ? plan : judgment));
    };
  }

  @ParameterizedTest
  @CsvSource({"LENGTH,Check,TRUNCATED", "REFUSED,No.,REFUSED", "STOP,'  ',UNPARSABLE"})
  void planThatIsNone_isItsFailureAndNoVerdict(FinishReason end, String text, Cause cause) {
    Judge judge =
        Judges.bothOrders(
            Judges.planned(planning(() -> new Generation(text, end, Usage.of(20, 7), List.of()))));

    Judgment judgment = judge.compare(RIVER);

    assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(cause));
    assertThat(judgmentsAsked).isEmpty();
    assertThat(judgment.traces().get(0).text()).isEqualTo(text);
    assertThat(judgment.traces().get(0).plan()).isEmpty();
  }

  @Test
  void planThatFailed_isMadeAnewNextTime() {
    int[] call = {0};
    Judge judge =
        Judges.planned(
            planning(
                () -> {
                  if (call[0]++ == 0) {
                    throw new ModelException("out of order");
                  }
                  return said(PLAN);
                }));

    Judgment first = judge.compare(RIVER);
    assertThat(first.verdict()).isEqualTo(Verdict.undecided(Cause.FAILED));
    assertThat(first.traces().get(0).text()).isEqualTo("out of order");
    assertThat(judge.compare(RIVER).verdict()).isEqualTo(Verdict.decided(Preference.A));
  }

  @Test
  void plan_ofACachingModel_isKeptUnderItsOwnKey() {
    LanguageModel cached = Judges.caching(planning(() -> said(PLAN)), 100);
    Judges.planned(cached).compare(RIVER);
    Judges.planned(cached).compare(RIVER);

    assertThat(plansAsked).hasSize(1);
    assertThat(judgmentsAsked).hasSize(1);
  }

  @Test
  void trace_withItsPlan_survivesJsonSwapAndReparse() {
    Judgment judgment = Judges.planned(planning(() -> said(PLAN))).compare(RIVER);
    Trace trace = judgment.traces().get(0);

    assertThat(JudgeJson.trace(JudgeJson.toJson(trace))).isEqualTo(trace);
    assertThat(trace.swapped().plan()).contains(PLAN);
    assertThat(Judgments.reparse(judgment, RIVER, JudgePrompt.planned()).traces())
        .containsExactly(trace);
  }

  @Test
  void promptWithoutAPlaceForThePlan_isRefused() {
    LanguageModel model = planning(() -> said(PLAN));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Judges.planned(
                    model,
                    PlanPrompt.standard(),
                    JudgePrompt.standard(),
                    GenerationConfig.greedy(9)))
        .withMessageContaining("{plan}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JudgePrompt.standard().withPlan("1. Read."))
        .withMessageContaining("{plan}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlanPrompt.of("own", "Plan for {a}"))
        .withMessageContaining("{prompt}");
  }

  @Test
  void name_tellsBothPrompts() {
    assertThat(Judges.planned(planning(() -> said(PLAN))).toString())
        .contains("plan standard@", "planned@");
  }

  @Test
  void votes_thatLeadAlike_followThePolicyWhichIsPartOfTheName() {
    LanguageModel split =
        (messages, config) ->
            messages.toString().contains("Nile-1")
                ? List.of(said("[[B]]"), said("[[A]]"))
                : List.of(said(PLAN));
    Judge judge =
        Judges.planned(
            split,
            PlanPrompt.standard(),
            JudgePrompt.planned(),
            GenerationConfig.builder().samples(2).temperature(1).build(),
            TiePolicy.TIE);

    assertThat(judge.compare(RIVER).verdict()).isEqualTo(Verdict.decided(Preference.TIE));
    assertThat(judge.toString()).endsWith(", TIE)");
  }
}
