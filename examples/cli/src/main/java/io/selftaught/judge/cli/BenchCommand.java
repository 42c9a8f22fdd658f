package io.selftaught.judge.cli;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.TrainingExample;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/**
 * Measures how fast a model runs here, through the same calls as every other command.
 *
 * <p>Each figure is the best of a few runs, because other work on the machine only ever slows one
 * down. Texts are random words, so that no run finds what an earlier one left.
 */
@Command(
    name = "bench",
    description = "Measures prefill, decoding and LoRA training in tokens per second.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // Set by the option parser.
final class BenchCommand implements Callable<Integer> {

  private static final List<String> WORDS =
      List.of(
          "river", "stone", "answer", "careful", "green", "number", "walks", "under", "bright",
          "letter", "seven", "market", "quiet", "because", "window", "paper", "often", "north");

  private static final int RUNS = 5;

  private final Engine engine;
  private final PrintWriter out;
  private final Random random = new Random(1);

  @Mixin private ModelOptions model;

  BenchCommand(Engine engine, PrintWriter out) {
    this.engine = engine;
    this.out = out;
  }

  @Override
  public Integer call() {
    try (Engine.Opened opened = engine.open(model)) {
      out.println(opened.info());
      print("prefill, some 500 tokens", best(() -> prefill(opened.model())));
      for (int rows : new int[] {1, 8, 32}) {
        print("decode, %d at a time".formatted(rows), best(() -> decode(opened.model(), rows)));
      }
      print("LoRA training, rank 16", train(opened));
      out.printf(Locale.ROOT, "%-26s %7d MiB%n", "peak memory", peakMebibytes());
    }
    return ExitCode.OK;
  }

  private void print(String what, double tokensPerSecond) {
    out.printf(Locale.ROOT, "%-26s %7.0f tokens/s%n", what, tokensPerSecond);
    out.flush();
  }

  private static double best(Callable<Double> run) {
    return IntStream.range(0, RUNS)
        .mapToDouble(
            i -> {
              try {
                return run.call();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            })
        .max()
        .orElseThrow();
  }

  private double prefill(LanguageModel model) {
    List<ChatMessage> prompt = List.of(ChatMessage.user(words(480)));
    long start = System.nanoTime();
    Generation generation = model.generate(prompt, GenerationConfig.greedy(1)).get(0);
    return rate(generation.usage().promptTokens().orElseThrow(), start);
  }

  private double decode(LanguageModel model, int rows) {
    List<ChatMessage> prompt = List.of(ChatMessage.user("Tell a long story about: " + words(8)));
    GenerationConfig config =
        SamplingOptions.SAMPLING.toBuilder()
            .maxTokens(128)
            .samples(rows)
            .seed(random.nextLong())
            .build();
    long start = System.nanoTime();
    return rate(
        model.generate(prompt, config).stream()
            .mapToLong(g -> g.usage().completionTokens().orElseThrow())
            .sum(),
        start);
  }

  /** Sequences of about 1,000 tokens, a quarter of them learnt; the first step warms up. */
  private double train(Engine.Opened opened) {
    List<TrainingExample> examples =
        IntStream.range(0, 1 + RUNS)
            .mapToObj(
                i ->
                    new TrainingExample(
                        "bench-" + i, List.of(ChatMessage.user(words(700))), words(240)))
            .toList();
    List<Double> rates = Collections.synchronizedList(new ArrayList<>());
    TrainingConfig config = TrainingConfig.builder().epochs(1).batchSize(1).build();
    try {
      Path directory = Files.createTempDirectory("judge-bench");
      try {
        opened
            .fineTuner(LoraConfig.builder().build(), config)
            .fineTune(
                examples,
                directory,
                event -> {
                  Double rate = event.metrics().get("tokens/s");
                  if (rate != null) {
                    rates.add(rate);
                  }
                });
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rates.stream().skip(1).mapToDouble(rate -> rate).max().orElseThrow();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private String words(int count) {
    return Stream.generate(() -> WORDS.get(random.nextInt(WORDS.size())))
        .limit(count)
        .collect(Collectors.joining(" "));
  }

  private static double rate(long tokens, long startNanos) {
    return tokens * 1e9 / (System.nanoTime() - startNanos);
  }

  /** The most memory that this process has held, Java heap and native together; 0 if unknown. */
  private static long peakMebibytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
