package io.selftaught.judge.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.Generation.Token;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.JudgeContract;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.ScriptedModel;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.prompt.JudgePrompt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VerdictOnlyJudgeTest {

  private static final Comparison COMPARISON = Comparison.of("Name a river.", "Nile", "Everest");

  @Nested
  class OneOrder extends JudgeContract {
    @Override
    protected Judge judge(LanguageModel model) {
      return Judges.verdictOnly(model);
    }
  }

  @Nested
  class BothOrders extends JudgeContract {
    @Override
    protected Judge judge(LanguageModel model) {
      return Judges.abstaining(Judges.averagedOrders(Judges.verdictOnly(model)), 0.8);
    }
  }

  @Test
  void verdictOnly_likeliestToken_isTheVerdictWithItsProbability() {
    Judgment judgment =
        Judges.verdictOnly(believing(Map.of("A", 0.6, "B", 0.2))).compare(COMPARISON);

    assertThat(judgment.verdict()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(judgment.probabilities().orElseThrow().a()).isCloseTo(0.75, within(1e-12));
    assertThat(judgment.traces().get(0).text()).isEqualTo("Verdict: [[A]]");
    assertThat(judgment.traces().get(0).probabilities()).isEqualTo(judgment.probabilities());
  }

  @Test
  void verdictOnly_asks_onceForTheVerdictAlone() {
    List<GenerationConfig> asked = new ArrayList<>();
    List<ChatMessage> seen = new ArrayList<>();
    LanguageModel model =
        (messages, config) -> {
          asked.add(config);
          seen.addAll(messages);
          return List.of(Generation.of("B]]"));
        };

    Judges.verdictOnly(model).compare(COMPARISON);

    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).choices()).containsExactly("A]]", "B]]");
    assertThat(asked.get(0).logProbabilities()).isTrue();
    assertThat(seen.get(seen.size() - 1)).isEqualTo(ChatMessage.assistant("Verdict: [["));
    assertThat(seen.get(0).content()).endsWith("Reply with [[A]] or [[B]] only.");
  }

  @Test
  void verdictOnly_tiesOffered_haveAProbabilityOfTheirOwn() {
    Map<String, Double> belief = Map.of("A", 0.2, "B", 0.2, "C", 0.4);
    JudgePrompt ties = JudgePrompt.verdictOnly().toBuilder().ties(true).build();

    Judgment offered = Judges.verdictOnly(believing(belief), ties).compare(COMPARISON);
    Judgment notOffered = Judges.verdictOnly(believing(belief)).compare(COMPARISON);

    assertThat(offered.verdict()).isEqualTo(Verdict.decided(Preference.TIE));
    assertThat(offered.probabilities().orElseThrow().tie()).isCloseTo(0.5, within(1e-12));
    assertThat(notOffered.verdict()).isEqualTo(Verdict.undecided(Cause.UNPARSABLE));
  }

  @Test
  void verdictOnly_spellingsOfOneLetter_areAddedUp() {
    Map<String, Double> belief = Map.of("B", 0.4, "A", 0.3, " A", 0.2, "A]]", 0.05, "The", 0.05);

    Probabilities p =
        Judges.verdictOnly(believing(belief)).compare(COMPARISON).probabilities().orElseThrow();

    assertThat(p.a()).isCloseTo(0.55 / 0.95, within(1e-12));
  }

  @Test
  void verdictOnly_equallyLikely_isUndecided() {
    Judgment judgment =
        Judges.verdictOnly(believing(Map.of("A", 0.5, "B", 0.5))).compare(COMPARISON);

    assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Cause.INCONSISTENT));
    assertThat(judgment.probabilities()).contains(new Probabilities(0.5, 0, 0.5));
  }

  @Test
  void verdictOnly_modelTellsNoProbabilities_takesItsWord() {
    LanguageModel model = (messages, config) -> List.of(Generation.of("B]]"));

    Judgment judgment = Judges.verdictOnly(model).compare(COMPARISON);

    assertThat(judgment.verdict()).isEqualTo(Verdict.decided(Preference.B));
    assertThat(judgment.probabilities()).isEmpty();
    assertThat(Judges.abstaining(Judges.verdictOnly(model), 0.5).compare(COMPARISON).verdict())
        .isEqualTo(Verdict.undecided(Cause.UNSURE));
  }

  @Test
  void averagedOrders_likingForTheFirstSlot_cancelsOut() {
    // Sure of the first place in both orders, a little less so where that is the mountain.
    LanguageModel biased =
        (messages, config) -> {
          String text = messages.get(0).content();
          boolean nileFirst = text.indexOf("Nile") < text.indexOf("Everest");
          return reply(nileFirst ? Map.of("A", 0.9, "B", 0.1) : Map.of("A", 0.7, "B", 0.3));
        };
    Judge single = Judges.verdictOnly(biased);

    Judgment averaged = Judges.averagedOrders(single).compare(COMPARISON);

    assertThat(Judges.bothOrders(single).compare(COMPARISON).verdict())
        .isEqualTo(Verdict.undecided(Cause.INCONSISTENT));
    assertThat(averaged.verdict()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(averaged.probabilities().orElseThrow().a())
        .isCloseTo(1 / (1 + Math.sqrt(0.1 / 0.9 * 0.7 / 0.3)), within(1e-12));
    assertThat(averaged.traces()).extracting(Trace::order).containsExactly(Order.AB, Order.BA);
    assertThat(averaged.traces().get(1).probabilities().orElseThrow().b())
        .isCloseTo(0.7, within(1e-12));
  }

  @Test
  void averagedOrders_swappedComparison_givesTheSwappedBelief() {
    Judge judge = Judges.averagedOrders(Judges.verdictOnly(believing(Map.of("A", 0.8, "B", 0.1))));

    Judgment judgment = judge.compare(COMPARISON);

    // The model only looks at the place, so nothing speaks for either answer.
    assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Cause.INCONSISTENT));
    assertThat(judgment.probabilities()).contains(new Probabilities(0.5, 0, 0.5));
    assertThat(judge.compare(COMPARISON.swapped()).probabilities())
        .isEqualTo(judgment.probabilities());
  }

  @Test
  void averagedOrders_oneOrderFails_isTheFailure() {
    List<Boolean> asked = new ArrayList<>();
    LanguageModel model =
        (messages, config) -> {
          asked.add(true);
          return asked.size() == 1
              ? reply(Map.of("A", 0.9, "B", 0.1))
              : ScriptedModel.failing().generate(messages, config);
        };

    Judgment judgment = Judges.averagedOrders(Judges.verdictOnly(model)).compare(COMPARISON);

    assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Cause.FAILED));
    assertThat(judgment.probabilities()).isEmpty();
    assertThat(judgment.traces()).hasSize(2);
  }

  @Test
  void abstaining_belowTheThreshold_isUnsureAndKeepsTheBelief() {
    Judge judge = Judges.verdictOnly(believing(Map.of("A", 0.7, "B", 0.3)));

    assertThat(Judges.abstaining(judge, 0.69).compare(COMPARISON).verdict())
        .isEqualTo(Verdict.decided(Preference.A));
    Judgment unsure = Judges.abstaining(judge, 0.71).compare(COMPARISON);
    assertThat(unsure.verdict()).isEqualTo(Verdict.undecided(Cause.UNSURE));
    assertThat(unsure.probabilities()).isPresent();
    assertThatIllegalArgumentException().isThrownBy(() -> Judges.abstaining(judge, 1.1));
  }

  @Test
  void abstaining_undecided_keepsItsCause() {
    Judge judge = Judges.abstaining(Judges.verdictOnly(ScriptedModel.failing()), 0.5);

    assertThat(judge.compare(COMPARISON).verdict()).isEqualTo(Verdict.undecided(Cause.FAILED));
  }

  @Test
  void vote_votes_areProbabilitiesByTheRuleOfSuccession() {
    LanguageModel model =
        (messages, config) ->
            List.of(Generation.of("[[A]]"), Generation.of("hm"), Generation.of("[[A]]"));
    GenerationConfig three = GenerationConfig.builder().samples(3).temperature(1).build();

    Judgment judgment = Judges.vote(model, JudgePrompt.standard(), three).compare(COMPARISON);

    assertThat(judgment.probabilities()).contains(new Probabilities(0.75, 0, 0.25));
  }

  @Test
  void toString_namesAllSettings() {
    assertThat(
            Judges.abstaining(
                Judges.averagedOrders(Judges.verdictOnly(ScriptedModel.saying(""))), 0.6))
        .asString()
        .startsWith("abstaining(averagedOrders(verdictOnly(scripted, verdictOnly@")
        .endsWith(")), 0.6)");
  }

  /** A model that holds the tokens so likely, whatever it is shown, and writes the likeliest. */
  private static LanguageModel believing(Map<String, Double> belief) {
    return (messages, config) -> reply(belief);
  }

  private static List<Generation> reply(Map<String, Double> belief) {
    Map.Entry<String, Double> drawn =
        belief.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    Map<String, Double> logs = new HashMap<>();
    belief.forEach((text, p) -> logs.put(text, Math.log(p)));
    Token token = new Token(drawn.getKey(), Math.log(drawn.getValue()), logs);
    String text = drawn.getKey().strip().substring(0, 1) + "]]";
    return List.of(new Generation(text, FinishReason.STOP, Usage.of(9, 2), List.of(token)));
  }
}
