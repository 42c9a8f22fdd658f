package io.selftaught.judge.benchmarks;

import ai.djl.Device;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Usage;
import io.selftaught.judge.djl.decoder.Candidates;
import io.selftaught.judge.djl.decoder.Decoder;
import io.selftaught.judge.djl.decoder.DecoderConfig;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.Family;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.decoder.Rotary;
import io.selftaught.judge.djl.generate.Scheduler;
import io.selftaught.judge.djl.text.ChatTokenizer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A step of 32 texts by the scheduler, and the same step by the decoder alone: the difference is
 * what Java does for it. The decoder has next to nothing to multiply, so that the difference shows.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // Set by JMH and by @Setup.
public class SchedulingBenchmark {

  private static final int ROWS = 32;
  private static final int STEPS = 220;
  private static final int PROMPT = 32;
  private static final int CAPACITY = 256;
  private static final DecoderConfig CONFIG =
      new DecoderConfig(
          Family.LLAMA,
          256,
          32,
          32,
          1,
          1,
          32,
          CAPACITY,
          1e-5,
          true,
          0,
          List.of(Rotary.unscaled(10_000, 32)),
          List.of(new DecoderConfig.Layer(0, false, false)),
          DecoderConfig.Scales.plain(32),
          DecoderConfig.Experts.NONE);

  private final List<int[]> prompts =
      IntStream.range(0, ROWS).mapToObj(SchedulingBenchmark::prompt).toList();
  private final List<Decoder.Batch> batches =
      IntStream.range(0, STEPS).mapToObj(SchedulingBenchmark::batch).toList();

  /** A GGUF file or a Hugging Face directory; its tokenizer turns tokens into text. */
  @Param("")
  private String model;

  private ChatTokenizer tokenizer;
  private DecoderWeights weights;
  private LoraWeights none;
  private Decoder decoder;
  private Scheduler scheduler;
  private ExecutorService callers;

  /** Called by JMH. */
  public SchedulingBenchmark() {}

  /** Starts a scheduler on a decoder that repeats the last token. */
  @Setup
  public void start() throws InterruptedException, ExecutionException {
    tokenizer = TextBenchmark.tokenizer(Path.of(model));
    weights = DecoderWeights.create(CONFIG, Device.cpu(), (key, shape, bytes) -> fill(key, bytes));
    none = LoraWeights.none(weights);
    decoder = Decoder.of(weights, none);
    scheduler =
        Scheduler.start(
            Decoder.of(weights, none),
            tokenizer,
            new Scheduler.Limits(ROWS, Long.MAX_VALUE, 0),
            "benchmark");
    callers = Executors.newFixedThreadPool(ROWS);
    checkLengths();
  }

  private void checkLengths() throws InterruptedException, ExecutionException {
    if (scheduler().stream().anyMatch(text -> !text.usage().equals(Usage.of(PROMPT, STEPS + 1)))) {
      throw new IllegalStateException("A text ended before the last step");
    }
  }

  /** What layers add is nothing, so a token is likest to itself. */
  private static void fill(String key, ByteBuffer bytes) {
    Random random = new Random(1);
    for (var floats = bytes.asFloatBuffer(); floats.hasRemaining(); ) {
      floats.put(key.equals("embedding") ? (float) random.nextGaussian() : norm(key));
    }
  }

  private static float norm(String key) {
    return key.endsWith("norm") ? 1 : 0;
  }

  /** Ends all that {@link #start} began. */
  @TearDown
  public void close() {
    callers.shutdownNow();
    scheduler.close();
    decoder.close();
    none.close();
    weights.close();
    tokenizer.close();
  }

  /** 32 callers, each of whom gets a text of one token more than there are steps. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public List<Generation> scheduler() throws InterruptedException, ExecutionException {
    GenerationConfig config = GenerationConfig.greedy(STEPS + 1);
    List<Callable<List<Generation>>> calls = new ArrayList<>();
    prompts.forEach(prompt -> calls.add(() -> scheduler.generate(prompt, config)));
    List<Generation> generations = new ArrayList<>();
    for (Future<List<Generation>> call : callers.invokeAll(calls)) {
      generations.addAll(call.get());
    }
    return generations;
  }

  /** What the scheduler has the decoder do for them. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public Candidates decoder() {
    for (int row = 0; row < ROWS; row++) {
      decoder.begin(row, PROMPT);
      decoder.prefill(row, prompts.get(row), 0, PROMPT, query(1));
      decoder.reserve(CAPACITY, row + 1);
      decoder.fill(CAPACITY, row, row);
      decoder.release(row);
    }
    batches.subList(0, STEPS - 1).forEach(decoder::step);
    Candidates last = decoder.step(batches.get(STEPS - 1));
    decoder.free(CAPACITY);
    return last;
  }

  private static int[] prompt(int row) {
    return IntStream.rangeClosed(1, PROMPT).map(i -> 100 + row * i % 100).toArray();
  }

  private static Decoder.Batch batch(int step) {
    int[] held = IntStream.range(0, ROWS).map(row -> PROMPT + step).toArray();
    return new Decoder.Batch(
        IntStream.range(0, ROWS).map(row -> prompt(row)[PROMPT - 1]).toArray(),
        held,
        held,
        Decoder.Groups.of(IntStream.range(0, ROWS).mapToLong(row -> CAPACITY).toArray()),
        new int[0],
        Decoder.Groups.of(new long[0]),
        query(ROWS));
  }

  private static Decoder.Query query(int rows) {
    float[] ones = new float[rows];
    Arrays.fill(ones, 1);
    return new Decoder.Query(ones, new int[rows][0]);
  }
}
