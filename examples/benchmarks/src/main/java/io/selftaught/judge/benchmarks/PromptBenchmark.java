package io.selftaught.judge.benchmarks;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.prompt.VerdictParser;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The parts of a comparison: making the prompt and reading the reply. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class PromptBenchmark {

  private final JudgePrompt prompt = JudgePrompt.standard();
  private final VerdictParser lenient = VerdictParser.lenient();
  private final Generation judgment = Generation.of(Texts.JUDGMENT);
  private final Generation longJudgment = Generation.of(Texts.LONG_JUDGMENT);
  private final Generation bare = Generation.of(Texts.JUDGMENT.replace("[[A]]", "Verdict: A"));

  /** Called by JMH. */
  public PromptBenchmark() {}

  /** Fills the standard prompt, with its fence. */
  @Benchmark
  public List<ChatMessage> render() {
    return prompt.render(Texts.COMPARISON);
  }

  /** Reads a judgment of about 1,300 characters. */
  @Benchmark
  public Verdict parse() {
    return prompt.parse(judgment, Texts.COMPARISON);
  }

  /** Reads one of about 6,500 characters, most of them thinking. */
  @Benchmark
  public Verdict parseLong() {
    return prompt.parse(longJudgment, Texts.COMPARISON);
  }

  /** Reads one without a marker, leniently. */
  @Benchmark
  public Verdict parseWithoutMarker() {
    return lenient.parse(bare, Texts.COMPARISON);
  }
}
