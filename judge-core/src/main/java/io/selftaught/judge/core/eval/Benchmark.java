package io.selftaught.judge.core.eval;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.data.JsonRows;
import io.selftaught.judge.core.data.Parsed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Published sets of labelled pairs: how their files are read, and by which rule a judge is scored.
 * Files are JSON Lines or one JSON array of the fields that the set is published with. Where a set
 * names the better answer and not a side, the side is drawn by a hash of the id.
 *
 * <pre>{@code
 * EvaluationReport report =
 *     Evaluation.of(judge).run(Benchmark.RM_BENCH.read(file).records());
 * Map<String, Double> scores = Benchmark.RM_BENCH.score(report);
 * }</pre>
 */
// The functions are references to static methods, which have no state.
@SuppressWarnings("ImmutableEnumChecker")
public enum Benchmark {

  /**
   * <a href="https://arxiv.org/abs/2403.13787">RewardBench</a>: {@code prompt, chosen, rejected,
   * subset, id}. Scores: each subset; each section, as its subsets weighted by their sizes (154 for
   * {@code xstest-should-refuse} and 250 for {@code xstest-should-respond}, as allenai/reward-bench
   * has them since September 2024, and not the other way round as before); {@code overall (four
   * sections)}, their mean; and {@code overall with prior sets (prior sets at half weight)}, the
   * first published score, where prior sets were judged. The last two need all four sections.
   *
   * <p>A tie or an undecided verdict is not right. The script of allenai for generative judges
   * gives a half for both: the last two scores {@code …, ties and errors as half} do so too.
   */
  REWARD_BENCH(BenchmarkRows::rewardBench, RewardBenchScores::first),

  /**
   * <a href="https://arxiv.org/abs/2506.01937">RewardBench 2</a>: {@code prompt}, lists {@code
   * chosen} and {@code rejected}, {@code subset, id}. An item is right if every right answer beat
   * every wrong one; a tie or an undecided verdict among these is not right. Scores: each subset,
   * and {@code overall}, their mean.
   *
   * <p>The script of allenai for generative judges shows all four answers at once, or asks for
   * marks, and gives a quarter for an error. Its score of {@code Ties} is to 60% what is right here
   * and to 40% margins between marks, which a judge of pairs doesn't give. So figures of pairs are
   * to be compared among themselves only.
   */
  REWARD_BENCH_2(BenchmarkRows::rewardBench2, RewardBenchScores::second),

  /**
   * <a href="https://arxiv.org/abs/2410.12784">JudgeBench</a>: {@code pair_id, source, question,
   * response_A, response_B, label} ({@code A>B}). Scores: each group of sources and {@code
   * overall}, by the published rule, in which one order right is enough if the other is a tie; and
   * {@code overall, strict}, for which both must be right.
   */
  JUDGE_BENCH(BenchmarkRows::judgeBench, BenchmarkScores::judgeBench),

  /**
   * <a href="https://arxiv.org/abs/2410.16184">RM-Bench</a>: {@code id, prompt, domain}, lists
   * {@code chosen} and {@code rejected} of three styles each: terse, detailed, with markup. Scores:
   * {@code easy}, {@code normal} and {@code hard}, where the better answer has the fancier, the
   * same, or the plainer style, each domain, and {@code overall}, the mean of the domains.
   */
  RM_BENCH(BenchmarkRows::rmBench, BenchmarkScores::rmBench),

  /**
   * <a href="https://arxiv.org/abs/2310.07641">LLMBar</a>: {@code input, output_1, output_2, label}
   * (1 or 2); the subset is the name of the file. Scores: {@code accuracy over both orders}, each
   * asking for itself, of all and of each subset, {@code adversarial}, the mean of those subsets,
   * and {@code same in both orders}.
   */
  LLM_BAR(BenchmarkRows::llmBar, BenchmarkScores::llmBar),

  /**
   * The human judgments of <a href="https://arxiv.org/abs/2306.05685">MT-bench</a>: {@code
   * question_id, model_a, model_b, winner, judge, conversation_a, conversation_b, turn}. Scores:
   * {@code agreement}, an order flip counting as a tie, and {@code agreement without ties}, over
   * what both decided.
   */
  MT_BENCH_HUMAN(BenchmarkRows::mtBench, BenchmarkScores::mtBench),

  /**
   * The test set of <a href="https://arxiv.org/abs/2306.05087">PandaLM</a>: {@code idx,
   * instruction, input, response1, response2, annotator1, annotator2, annotator3} (0 for a tie, 1
   * or 2). The label is that of most annotators. Scores: {@code accuracy} over the three classes,
   * and the means over the classes of {@code precision}, {@code recall} and {@code F1}.
   */
  PANDA_LM(BenchmarkRows::pandaLm, BenchmarkScores::pandaLm);

  /** What a row is read with beside itself. */
  record Row(String file, long line, JsonRecord fields) {}

  private final Function<Row, List<LabeledComparison>> reader;
  private final Function<EvaluationReport, Map<String, Double>> scorer;

  Benchmark(
      Function<Row, List<LabeledComparison>> reader,
      Function<EvaluationReport, Map<String, Double>> scorer) {
    this.reader = reader;
    this.scorer = scorer;
  }

  /**
   * Returns the pairs of a file, and the rows that hold none, with their reasons.
   *
   * @throws InvalidInputException if the file cannot be read
   */
  public Parsed<LabeledComparison> read(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    BiFunction<Long, JsonRecord, List<LabeledComparison>> row =
        (line, fields) -> reader.apply(new Row(name, line, fields));
    Parsed<List<LabeledComparison>> rows = JsonRows.read(file, row);
    return new Parsed<>(rows.records().stream().flatMap(List::stream).toList(), rows.rejected());
  }

  /**
   * Returns the scores of the published rule by name, from 0 to 1, those that sum up last. What no
   * pair was judged for is left out.
   *
   * @param report of pairs that {@link #read} gave, or some of them
   */
  public Map<String, Double> score(EvaluationReport report) {
    return scorer.apply(report);
  }
}
