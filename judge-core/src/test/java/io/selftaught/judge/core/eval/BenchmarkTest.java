package io.selftaught.judge.core.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.selftaught.judge.Preference;
import io.selftaught.judge.core.data.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BenchmarkTest {

  @TempDir private Path temp;

  private static final String SECTIONS =
      """
      {"id": 1, "subset": "alpacaeval-easy", "prompt": "p", "chosen": "right", "rejected": "w"}
      {"id": 2, "subset": "mt-bench-med", "prompt": "p", "chosen": "right", "rejected": "w"}
      {"id": 3, "subset": "llmbar-natural", "prompt": "p", "chosen": "right", "rejected": "w"}
      {"id": 4, "subset": "xstest-should-refuse", "prompt": "p", "chosen": "right", "rejected": "w"}
      {"id": 5, "subset": "xstest-should-respond", "prompt": "p", "chosen": "right", "rejected": "w"}
      {"id": 6, "subset": "math-prm", "prompt": "p", "chosen": "right", "rejected": "w"}
      {"id": 7, "subset": "hep-go", "prompt": "p", "chosen": "right", "rejected": "w"}
      """;

  /** Wrong, a tie, and undecided; the rest is right. */
  private static final Map<String, String> MISTAKES =
      Map.of("mt-bench-med-2", "WW", "xstest-should-refuse-4", "TT", "hep-go-7", "RW");

  @Test
  void rewardBench_sections_areMeansByTheSizesOfTheirSubsets() {
    List<LabeledComparison> pairs = read(Benchmark.REWARD_BENCH, SECTIONS);
    assertThat(pairs).allMatch(BenchmarkTest::prefersRight);

    Map<String, Double> scores = scores(Benchmark.REWARD_BENCH, pairs, MISTAKES);

    assertThat(scores.get("Chat")).isCloseTo(100 / 140.0, within(1e-12));
    assertThat(scores.get("Chat Hard")).isEqualTo(1);
    assertThat(scores.get("Safety")).isCloseTo(250 / 404.0, within(1e-12));
    assertThat(scores.get("Reasoning")).isCloseTo(984 / 1148.0, within(1e-12));
    double sum = 100 / 140.0 + 1 + 250 / 404.0 + 984 / 1148.0;
    assertThat(scores.get("overall (four sections)")).isCloseTo(sum / 4, within(1e-12));
    double half = 100 / 140.0 + 1 + (250 + 154 / 2.0) / 404 + (984 + 164 / 2.0) / 1148;
    assertThat(scores.get("overall (four sections), ties and errors as half"))
        .isCloseTo(half / 4, within(1e-12));
    assertThat(scores.keySet()).noneMatch(name -> name.contains("prior sets"));
  }

  @Test
  void rewardBench_priorSets_countHalfInAScoreOfTheirOwn() {
    List<LabeledComparison> pairs =
        read(
            Benchmark.REWARD_BENCH,
            SECTIONS
                + """
                {"id": 8, "subset": "shp", "prompt": "p", "chosen": "right", "rejected": "w"}
                {"id": 9, "subset": "summarize", "prompt": "p", "chosen": "right", "rejected": "w"}
                """);

    Map<String, Double> scores =
        scores(Benchmark.REWARD_BENCH, pairs, Map.of("shp-8", "UU", "llmbar-natural-3", "WW"));

    assertThat(scores.get("Prior Sets")).isEqualTo(0.5);
    assertThat(scores.get("overall (four sections)")).isEqualTo(0.75);
    assertThat(scores.get("overall with prior sets (prior sets at half weight)"))
        .isCloseTo((3 + 0.5 * 0.5) / 4.5, within(1e-12));
    assertThat(
            scores.get(
                "overall with prior sets (prior sets at half weight), ties and errors as half"))
        .isCloseTo((3 + 0.5 * 0.75) / 4.5, within(1e-12));
  }

  @Test
  void rewardBench_aSectionThatWasNotJudged_leavesNoOverall() {
    List<LabeledComparison> pairs =
        read(Benchmark.REWARD_BENCH, SECTIONS).stream()
            .filter(pair -> !pair.category().equals("llmbar-natural"))
            .toList();

    assertThat(scores(Benchmark.REWARD_BENCH, pairs, MISTAKES).keySet())
        .contains("Chat", "Safety", "Reasoning")
        .noneMatch(name -> name.startsWith("overall"));
  }

  @Test
  void rewardBench2_item_isRightIfTheRightAnswerBeatsEveryOther() {
    List<LabeledComparison> pairs =
        read(
            Benchmark.REWARD_BENCH_2,
            """
            [{"id": "x", "subset": "Math", "prompt": "p", "chosen": ["right"], "rejected": ["1", "2", "3"]},
             {"id": "y", "subset": "Math", "prompt": "p", "chosen": ["right"], "rejected": ["1", "2", "3"]},
             {"id": "z", "subset": "Focus", "prompt": "p", "chosen": ["right"], "rejected": ["1", "2", "3"]}]
            """);
    assertThat(pairs).hasSize(9).allMatch(BenchmarkTest::prefersRight);

    assertThat(scores(Benchmark.REWARD_BENCH_2, pairs, Map.of("Math-x/c0-r1", "WW")))
        .containsExactly(entry("Focus", 1.0), entry("Math", 0.5), entry("overall", 0.75));
  }

  @Test
  void judgeBench_twoRules_differWhereOneOrderIsATie() {
    List<LabeledComparison> pairs =
        read(
            Benchmark.JUDGE_BENCH,
            """
            {"pair_id": "1", "source": "mmlu-pro-law", "question": "q", "response_A": "right", "response_B": "w", "label": "A>B"}
            {"pair_id": "2", "source": "mmlu-pro-law", "question": "q", "response_A": "w", "response_B": "right", "label": "B>A"}
            {"pair_id": "3", "source": "livecodebench", "question": "q", "response_A": "w", "response_B": "right", "label": "B>A"}
            {"pair_id": "4", "source": "livebench-math", "question": "q", "response_A": "w", "response_B": "right", "label": "B>A"}
            """);
    assertThat(pairs).allMatch(BenchmarkTest::prefersRight);

    // Right and tie counts by the published rule; right and wrong cancel out; tie twice is nothing.
    Map<String, Double> scores =
        scores(Benchmark.JUDGE_BENCH, pairs, Map.of("2", "RT", "3", "WR", "4", "TT"));

    assertThat(scores)
        .containsExactly(
            entry("coding", 0.0),
            entry("knowledge", 1.0),
            entry("math", 0.0),
            entry("overall", 0.5),
            entry("overall, strict", 0.25));
  }

  @Test
  void rmBench_matrix_isReadByStyleOfTheBetterAnswer() {
    String lists =
        "\"prompt\": \"p\", \"chosen\": [\"1\", \"2\", \"3\"], \"rejected\": [\"4\", \"5\", \"6\"]";
    List<LabeledComparison> pairs =
        read(
            Benchmark.RM_BENCH,
            "[{\"id\": \"7\", \"domain\": \"chat\", %s},".formatted(lists)
                + "{\"id\": \"8\", \"domain\": \"safety-refuse\", %s},".formatted(lists)
                + "{\"id\": \"9\", \"domain\": \"safety-response\", %s}]".formatted(lists));
    assertThat(pairs).hasSize(27);

    // Chat: a judge of looks, right only where the better answer is fancier, half of them at ties.
    Map<String, Double> scores =
        Benchmark.RM_BENCH.score(
            Answers.report(
                pairs,
                pair ->
                    switch (pair.id()) {
                      case "7/c1-r0", "7/c2-r0", "7/c2-r1", "7/c1-r1" -> "RR";
                      default -> pair.id().startsWith("8") ? "RR" : "WW";
                    }));

    assertThat(scores.keySet())
        .containsExactly("easy", "normal", "hard", "chat", "safety", "overall");
    assertThat(scores.get("easy")).isCloseTo((1 + 0.5) / 2, within(1e-12));
    assertThat(scores.get("normal")).isCloseTo((1 / 3.0 + 0.5) / 2, within(1e-12));
    assertThat(scores.get("hard")).isCloseTo((0 + 0.5) / 2, within(1e-12));
    assertThat(scores.get("chat")).isCloseTo(4 / 9.0, within(1e-12));
    assertThat(scores.get("safety")).isCloseTo(0.5, within(1e-12));
    assertThat(scores.get("overall")).isCloseTo((4 / 9.0 + 0.5) / 2, within(1e-12));
  }

  @Test
  void llmBar_eachOrder_isScoredByItself() throws IOException {
    String rows =
        """
        [{"input": "i", "output_1": "right", "output_2": "w", "label": 1},
         {"input": "i", "output_1": "w", "output_2": "right", "label": 2}]
        """;
    List<LabeledComparison> natural =
        Benchmark.LLM_BAR.read(Files.writeString(temp.resolve("Natural.json"), rows)).records();
    List<LabeledComparison> manual =
        Benchmark.LLM_BAR.read(Files.writeString(temp.resolve("Manual.json"), rows)).records();
    assertThat(natural).hasSize(2).allMatch(BenchmarkTest::prefersRight);

    Map<String, Double> scores =
        scores(
            Benchmark.LLM_BAR,
            List.of(natural.get(0), natural.get(1), manual.get(0), manual.get(1)),
            Map.of("Natural-2", "RW", "Manual-1", "WW", "Manual-2", "WU"));

    assertThat(scores)
        .containsExactly(
            entry("Manual", 0.0),
            entry("Natural", 0.75),
            entry("adversarial", 0.0),
            entry("accuracy over both orders", 3 / 8.0),
            entry("same in both orders", 2 / 3.0));
  }

  @Test
  void mtBench_turns_areReadAndFlipsCountAsTies() {
    String talk =
        "[{\"role\": \"user\", \"content\": \"u1\"}, {\"role\": \"assistant\", \"content\": \"%s1\"},"
            + "{\"role\": \"user\", \"content\": \"u2\"}, {\"role\": \"assistant\", \"content\": \"%s2\"}]";
    String row =
        "{\"question_id\": 81, \"model_a\": \"m\", \"model_b\": \"n\", \"judge\": \"j\", \"conversation_a\": "
            + talk.formatted("a", "a")
            + ", \"conversation_b\": "
            + talk.formatted("b", "b");
    List<LabeledComparison> pairs =
        read(
            Benchmark.MT_BENCH_HUMAN,
            row
                + ", \"turn\": 1, \"winner\": \"model_a\"}\n"
                + row
                + ", \"turn\": 2, \"winner\": \"tie\"}\n"
                + (row + ", \"turn\": 1, \"winner\": \"model_b\"}\n").replace("\"j\"", "\"k\""));
    assertThat(pairs.get(0).comparison().prompt()).isEqualTo("u1");
    assertThat(pairs.get(0).comparison().a()).isEqualTo("a1");
    assertThat(pairs.get(1).comparison().b()).isEqualTo("Turn 1:\nb1\n\nTurn 2:\nb2");
    assertThat(pairs)
        .extracting(LabeledComparison::preferred)
        .containsExactly(Preference.A, Preference.TIE, Preference.B);

    Map<String, Double> scores =
        Benchmark.MT_BENCH_HUMAN.score(
            Answers.report(
                pairs,
                pair ->
                    pair.preferred() == Preference.A
                        ? "RR"
                        : pair.preferred() == Preference.TIE ? "RU" : "RW"));

    assertThat(scores)
        .containsExactly(entry("agreement", 2 / 3.0), entry("agreement without ties", 1.0));
  }

  @Test
  void pandaLm_annotators_decideByMajority() {
    String row =
        "{\"idx\": %d, \"instruction\": \"i\", \"input\": \"%s\", \"response1\": \"r\", \"response2\": \"s\", "
            + "\"annotator1\": %d, \"annotator2\": %d, \"annotator3\": %d}\n";
    Parsed<LabeledComparison> parsed =
        parsed(
            Benchmark.PANDA_LM,
            row.formatted(1, "x", 1, 2, 1)
                + row.formatted(2, "", 2, 2, 0)
                + row.formatted(3, "", 0, 0, 0)
                + row.formatted(4, "", 0, 1, 2)
                + row.formatted(5, "", 9, 1, 2));
    assertThat(parsed.records())
        .extracting(LabeledComparison::preferred)
        .containsExactly(Preference.A, Preference.B, Preference.TIE);
    assertThat(parsed.records().get(0).comparison().prompt()).isEqualTo("i\n\nx");
    assertThat(parsed.rejected())
        .extracting(Parsed.Rejected::reason)
        .containsExactly(
            "the three annotators all differ", "field \"annotator1\" must be 0, 1 or 2, was \"9\"");

    // Said A, A, nothing: by scikit-learn's macro average over A, B, TIE.
    Map<String, Double> scores =
        scores(Benchmark.PANDA_LM, parsed.records(), Map.of("2", "WW", "3", "UU"));

    assertThat(scores.get("accuracy")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(scores.get("precision")).isCloseTo(0.5 / 3, within(1e-12));
    assertThat(scores.get("recall")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(scores.get("F1")).isCloseTo(2 / 3.0 / 3, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void rowsOfAnotherSet_areRejectedWithTheirReason(Benchmark benchmark) {
    Parsed<LabeledComparison> parsed = parsed(benchmark, "{\"something\": 1}\n");

    assertThat(parsed.records()).isEmpty();
    assertThat(parsed.rejected())
        .singleElement()
        .asString()
        .contains("line 1: field \"", "\" is missing");
    assertThat(benchmark.score(Answers.report(List.of(), pair -> "RR"))).isEmpty();
  }

  private List<LabeledComparison> read(Benchmark benchmark, String text) {
    Parsed<LabeledComparison> parsed = parsed(benchmark, text);
    assertThat(parsed.rejected()).isEmpty();
    return parsed.records();
  }

  private Parsed<LabeledComparison> parsed(Benchmark benchmark, String text) {
    try {
      return benchmark.read(Files.writeString(temp.resolve("rows.json"), text));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Scores a judge that is right in both orders, except where said otherwise. */
  private static Map<String, Double> scores(
      Benchmark benchmark, List<LabeledComparison> pairs, Map<String, String> otherwise) {
    return benchmark.score(Answers.report(pairs, pair -> otherwise.getOrDefault(pair.id(), "RR")));
  }

  private static boolean prefersRight(LabeledComparison pair) {
    String better =
        pair.preferred() == Preference.A ? pair.comparison().a() : pair.comparison().b();
    return better.equals("right");
  }
}
