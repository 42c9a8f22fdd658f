package io.selftaught.judge.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.JudgeContract;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.ScriptedModel;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.prompt.JudgePrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgesTest {

  private static final Comparison COMPARISON = Comparison.of("Name a river.", "Nile", "Everest");
  private static final JudgePrompt FORCING =
      JudgePrompt.standard().toBuilder().forcedVerdict(true).build();
  private static final GenerationConfig VOTES =
      GenerationConfig.builder().samples(3).temperature(0.7).build();

  @Nested
  class Prompted extends JudgeContract {
    @Override
    protected Judge judge(LanguageModel model) {
      return Judges.prompted(model);
    }
  }

  @Nested
  class BothOrdersOfVotes extends JudgeContract {
    @Override
    protected Judge judge(LanguageModel model) {
      return Judges.bothOrders(Judges.vote(model, JudgePrompt.standard(), VOTES));
    }
  }

  @Nested
  class RandomOrder extends JudgeContract {
    @Override
    protected Judge judge(LanguageModel model) {
      return Judges.inRandomOrder(Judges.prompted(model), 7);
    }
  }

  @Test
  void prompted_readableReply_keepsVerdictReasonAndText() {
    Judgment judgment =
        Judges.prompted(ScriptedModel.saying("Answer A is a river.\n\n[[A]]")).compare(COMPARISON);

    assertThat(judgment.verdict()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(judgment.rationale()).isEqualTo("Answer A is a river.");
    assertThat(judgment.traces()).hasSize(1);
    assertThat(judgment.traces().get(0).text()).isEqualTo("Answer A is a river.\n\n[[A]]");
    assertThat(judgment.traces().get(0).order()).isEqualTo(Order.AB);
    assertThat(judgment.usage().completionTokens()).isPresent();
  }

  @Test
  void prompted_unreadableReply_keepsTheTextAndSaysWhy() {
    Judgment judgment = Judges.prompted(ScriptedModel.saying("Hm.")).compare(COMPARISON);

    assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Cause.UNPARSABLE));
    assertThat(judgment.rationale()).isEmpty();
    assertThat(judgment.traces().get(0).text()).isEqualTo("Hm.");
  }

  @Test
  void prompted_modelFails_keepsTheMessage() {
    Judgment judgment = Judges.prompted(ScriptedModel.failing()).compare(COMPARISON);

    assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Cause.FAILED));
    assertThat(judgment.traces().get(0).text()).isEqualTo("out of order");
    assertThat(judgment.usage()).isEqualTo(Usage.UNKNOWN);
  }

  @Test
  void prompted_closedModel_throwsBecauseTheCallerIsWrong() {
    ScriptedModel model = ScriptedModel.saying("[[A]]");
    model.close();

    assertThatThrownBy(() -> Judges.prompted(model).compare(COMPARISON))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void prompted_equalOrEmptyAnswers_areAsked() {
    ScriptedModel model = ScriptedModel.saying("[[B]]");

    assertThat(Judges.prompted(model).compare("Say nothing.", "", "").verdict())
        .isEqualTo(Verdict.decided(Preference.B));
    assertThat(model.written()).hasSize(1);
  }

  @Test
  void forcedVerdict_unreadableReply_isContinuedByTheModelItself() {
    List<List<ChatMessage>> asked = new ArrayList<>();
    List<GenerationConfig> configs = new ArrayList<>();
    LanguageModel model =
        (messages, config) -> {
          asked.add(messages);
          configs.add(config);
          return List.of(
              new Generation(
                  config.choices().isEmpty() ? "The Nile is a river" : "A]]",
                  Generation.FinishReason.LENGTH,
                  Usage.of(10, 2),
                  List.of()));
        };

    Judgment judgment =
        Judges.prompted(model, FORCING, GenerationConfig.greedy(5)).compare(COMPARISON);

    assertThat(judgment.verdict()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(judgment.rationale()).isEqualTo("The Nile is a river");
    assertThat(judgment.traces().get(0).text()).isEqualTo("The Nile is a river\n\nVerdict: [[A]]");
    assertThat(judgment.usage()).isEqualTo(Usage.of(20, 4));
    assertThat(asked.get(1))
        .startsWith(asked.get(0).toArray(ChatMessage[]::new))
        .endsWith(ChatMessage.assistant("The Nile is a river\n\nVerdict: [["));
    assertThat(configs.get(1).choices()).containsExactly("A]]", "B]]");
  }

  @Test
  void forcedVerdict_readableReplyOrConflict_isNotAskedAgain() {
    for (String reply : List.of("[[B]]", "[[A]] or [[B]]")) {
      ScriptedModel model = ScriptedModel.saying(reply);
      Judges.prompted(model, FORCING, GenerationConfig.greedy(64)).compare(COMPARISON);
      assertThat(model.written()).containsExactly(reply);
    }
  }

  @Test
  void prompted_severalSamples_areRefused() {
    assertThatThrownBy(
            () -> Judges.prompted(ScriptedModel.failing(), JudgePrompt.standard(), VOTES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("config.samples must be 1, was 3");
  }

  @Test
  void vote_samplesOfOnePrompt_majorityDecidesAndItsReasonIsKept() {
    LanguageModel model = sampling("One. [[B]]", "Two. [[A]]", "Three. [[A]]");

    Judgment judgment = Judges.vote(model, JudgePrompt.standard(), VOTES).compare(COMPARISON);

    assertThat(judgment.verdict()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(judgment.rationale()).isEqualTo("Two. [[A]]");
    assertThat(judgment.traces()).hasSize(3);
  }

  @Test
  void vote_evenSplit_isInconsistent() {
    LanguageModel model = sampling("[[B]]", "[[A]]", "hm");

    assertThat(Judges.vote(model, JudgePrompt.standard(), VOTES).compare(COMPARISON).verdict())
        .isEqualTo(Verdict.undecided(Cause.INCONSISTENT));
  }

  @ParameterizedTest
  @CsvSource({
    // three samples; what each policy makes of them
    "[[B]],[[A]],hm,INCONSISTENT,TIE,B",
    "hm,[[A]],[[B]],INCONSISTENT,TIE,A",
    "[[B]],[[A]],[[A]],A,A,A",
    "hm,hm,hm,UNPARSABLE,UNPARSABLE,UNPARSABLE"
  })
  void vote_preferencesThatLeadAlike_followThePolicy(
      String first, String second, String third, String undecided, String tie, String leader) {
    LanguageModel model = sampling(first, second, third);

    assertThat(verdictOfVotes(model, TiePolicy.UNDECIDED)).isEqualTo(undecided);
    assertThat(verdictOfVotes(model, TiePolicy.TIE)).isEqualTo(tie);
    assertThat(verdictOfVotes(model, TiePolicy.FIRST)).isEqualTo(leader);
  }

  private static String verdictOfVotes(LanguageModel model, TiePolicy policy) {
    return Judges.vote(model, JudgePrompt.standard(), VOTES, policy)
        .compare(COMPARISON)
        .verdict()
        .toString();
  }

  @Test
  void vote_evenVoteThatThePolicyDecides_isStillUnsure() {
    Judge votes =
        Judges.vote(
            sampling("[[B]]", "[[A]]", "hm"), JudgePrompt.standard(), VOTES, TiePolicy.FIRST);

    assertThat(votes.compare(COMPARISON).probabilities().orElseThrow().b()).isEqualTo(0.5);
    assertThat(Judges.abstaining(votes, 0.6).compare(COMPARISON).verdict())
        .isEqualTo(Verdict.undecided(Cause.UNSURE));
  }

  @Test
  void vote_policy_isPartOfTheNameByWhichRunsAreKnown() {
    LanguageModel model = ScriptedModel.failing();
    String plain = Judges.vote(model, JudgePrompt.standard(), VOTES).toString();

    assertThat(Judges.vote(model, JudgePrompt.standard(), VOTES, TiePolicy.UNDECIDED))
        .hasToString(plain);
    assertThat(Judges.vote(model, JudgePrompt.standard(), VOTES, TiePolicy.TIE).toString())
        .isNotEqualTo(plain)
        .endsWith(", TIE)");
  }

  @Test
  void vote_severalAtTemperatureZero_isRefused() {
    GenerationConfig greedy = GenerationConfig.builder().samples(3).build();

    assertThatThrownBy(() -> Judges.vote(ScriptedModel.failing(), JudgePrompt.standard(), greedy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("temperature");
  }

  @ParameterizedTest
  @CsvSource({
    // what the judge says when the Nile is shown first, then second; what comes out
    "A,B,A",
    "B,A,B",
    "C,C,TIE",
    "A,A,INCONSISTENT",
    "B,B,INCONSISTENT",
    "A,C,INCONSISTENT",
    "C,B,INCONSISTENT",
    "A,?,UNPARSABLE",
    "?,B,UNPARSABLE",
    "A,!,FAILED",
    "!,B,FAILED",
    "!,?,FAILED",
    "A or B,A,CONFLICT"
  })
  void bothOrders_pairOfVerdicts_followsTheTable(String nileFirst, String nileSecond, String out) {
    Judgment judgment = Judges.bothOrders(tiesOffered(nileFirst, nileSecond)).compare(COMPARISON);

    assertThat(judgment.verdict().toString()).isEqualTo(out);
    assertThat(judgment.traces()).extracting(Trace::order).containsExactly(Order.AB, Order.BA);
  }

  @Test
  void bothOrders_oneOrderFails_keepsTheOtherSide() {
    Judgment judgment = Judges.bothOrders(tiesOffered("A", "!")).compare(COMPARISON);

    assertThat(judgment.traces().get(0).verdict()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(judgment.traces().get(1).verdict()).isEqualTo(Verdict.undecided(Cause.FAILED));
  }

  @Test
  void inOrder_swapped_verdictAndReasonUseTheCallersLettersAndTheTraceTheShownOnes() {
    String reply = "Answer B is a river, Answer A is a mountain.\n\n[[B]]";

    Judgment judgment =
        Judges.inOrder(Judges.prompted(ScriptedModel.saying(reply)), Order.BA).compare(COMPARISON);

    assertThat(judgment.verdict()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(judgment.rationale()).isEqualTo("Answer A is a river, Answer B is a mountain.");
    assertThat(judgment.traces().get(0).text()).isEqualTo(reply);
    assertThat(judgment.traces().get(0).order()).isEqualTo(Order.BA);
    assertThat(judgment.traces().get(0).verdict()).isEqualTo(Verdict.decided(Preference.A));
  }

  @Test
  void inOrder_swappedTwice_isAsGiven() {
    Judge judge = tiesOffered("A", "B");

    assertThat(Judges.inOrder(Judges.inOrder(judge, Order.BA), Order.BA).compare(COMPARISON))
        .isEqualTo(judge.compare(COMPARISON));
  }

  @Test
  void inRandomOrder_manyComparisons_showsBothOrdersAndRepeatsItself() {
    Judge judge = Judges.inRandomOrder(Judges.prompted(ScriptedModel.saying("[[A]]")), 1);
    Judge other = Judges.inRandomOrder(Judges.prompted(ScriptedModel.saying("[[A]]")), 2);

    List<Order> orders = orders(judge);
    long shownFirst = orders.stream().filter(order -> order == Order.AB).count();
    assertThat(shownFirst).isBetween(70L, 130L);
    assertThat(orders(judge)).isEqualTo(orders);
    assertThat(orders(other)).isNotEqualTo(orders);
  }

  @Test
  void toString_nestedJudges_nameAllSettings() {
    Judge judge =
        Judges.bothOrders(Judges.vote(ScriptedModel.failing(), JudgePrompt.compact(), VOTES));

    assertThat(judge.toString())
        .startsWith("bothOrders(vote(scripted, compact+forced@")
        .contains("samples=3", "temperature=0.7", "seed=0");
  }

  @Test
  void close_decorators_closeTheJudgeInside() {
    List<String> closed = new ArrayList<>();
    Judge inner =
        new Judge() {
          @Override
          public Judgment compare(Comparison comparison) {
            return Judgment.of(Verdict.decided(Preference.A));
          }

          @Override
          public void close() {
            closed.add("inner");
          }
        };

    Judges.bothOrders(Judges.inOrder(inner, Order.AB)).close();

    assertThat(closed).containsExactly("inner");
  }

  private static List<Order> orders(Judge judge) {
    return IntStream.range(0, 200)
        .mapToObj(i -> judge.compare("Prompt " + i, "a", "b").traces().get(0).order())
        .toList();
  }

  private static LanguageModel sampling(String... replies) {
    return (messages, config) -> {
      assertThat(config.samples()).isEqualTo(replies.length);
      return List.of(replies).stream().map(Generation::of).toList();
    };
  }

  /** A judge that says one letter if the Nile is shown first and another if it is second. */
  private static Judge tiesOffered(String nileFirst, String nileSecond) {
    ScriptedModel model =
        ScriptedModel.of(
            (messages, seed) -> {
              String asked = messages.get(messages.size() - 1).content();
              boolean first = asked.indexOf("Nile") < asked.indexOf("Everest");
              return reply(first ? nileFirst : nileSecond);
            });
    JudgePrompt prompt = JudgePrompt.standard().toBuilder().ties(true).build();
    return Judges.prompted(model, prompt, GenerationConfig.greedy(64));
  }

  private static String reply(String letters) {
    if (letters.equals("!")) {
      throw new ModelException("out of order");
    }
    return letters.equals("?") ? "hm" : "[[" + letters.replace(" or ", "]] or [[") + "]]";
  }
}
