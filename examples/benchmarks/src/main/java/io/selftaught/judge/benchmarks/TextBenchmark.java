package io.selftaught.judge.benchmarks;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.djl.text.ChatTokenizer;
import io.selftaught.judge.djl.weights.GgufFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The chat template and the tokenizer of a model, on the standard judge prompt. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // Set by JMH and by @Setup.
public class TextBenchmark {

  private final List<ChatMessage> messages = JudgePrompt.standard().render(Texts.COMPARISON);

  /** A GGUF file or a Hugging Face directory; its weights are not read. */
  @Param("")
  private String model;

  private ChatTokenizer tokenizer;
  private int[] judgment;

  /** Called by JMH. */
  public TextBenchmark() {}

  /** Reads the tokenizer. */
  @Setup
  public void load() {
    tokenizer = tokenizer(Path.of(model));
    judgment = tokenizer.encodeText(Texts.JUDGMENT);
  }

  /** Reads the tokenizer of a model. */
  static ChatTokenizer tokenizer(Path path) {
    if (Files.isDirectory(path)) {
      return ChatTokenizer.fromDirectory(path);
    }
    try (GgufFile file = GgufFile.open(path)) {
      return ChatTokenizer.fromGguf(file.metadata(), path);
    }
  }

  /** Frees the tokenizer. */
  @TearDown
  public void close() {
    tokenizer.close();
  }

  /** Renders the conversation. */
  @Benchmark
  public String chatTemplate() {
    return tokenizer.render(messages);
  }

  /** Renders and tokenizes the conversation, about 2,700 characters. */
  @Benchmark
  public int[] tokenize() {
    return tokenizer.encode(messages);
  }

  /** Turns the tokens of a judgment into text. */
  @Benchmark
  public String detokenize() {
    return tokenizer.decode(judgment);
  }
}
