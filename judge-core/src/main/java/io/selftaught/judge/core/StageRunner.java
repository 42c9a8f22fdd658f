package io.selftaught.judge.core;

import com.google.common.util.concurrent.Uninterruptibles;
import io.selftaught.judge.ContextLengthException;
import io.selftaught.judge.JudgeException;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.Outcome;
import io.selftaught.judge.Outcome.Dropped;
import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.core.data.Journal;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.data.RunDirectory;
import io.selftaught.judge.core.data.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Does the records of a stage on several threads and writes each into the journal of the stage as
 * it is finished. What a journal holds is never done again.
 *
 * <p>A record whose model failed is dropped with {@link #MODEL_FAILED}. As long as its stage has
 * records left to do, or if no record of it succeeded, it is tried again by the next run.
 */
final class StageRunner {

  /** The reason of a record whose model failed. */
  static final String MODEL_FAILED = "model failed";

  /** The reason of a record that the context does not hold. */
  static final String TOO_LONG = "longer than the context";

  /** The reason of a record that brought an error of a stage to light. */
  static final String ERROR = "error";

  private static final String SECONDS = "seconds.jsonl";

  private final RunDirectory run;
  private final long seed;
  private final int threads;
  private final ProgressListener listener;
  private final InstantSource clock;

  StageRunner(
      RunDirectory run, long seed, int threads, ProgressListener listener, InstantSource clock) {
    this.run = run;
    this.seed = seed;
    this.threads = threads;
    this.listener = listener;
    this.clock = clock;
  }

  /** Returns this runner for stages that tell the listener themselves how they proceed. */
  StageRunner silently() {
    return new StageRunner(run, seed, threads, ProgressListener.none(), clock);
  }

  /**
   * Returns what became of each record, in the order of {@code inputs}.
   *
   * @throws ModelException if the model failed in every record
   */
  <I, O> Map<I, Outcome<O>> run(Stage<I, O> stage, List<I> inputs) {
    Map<String, Outcome<O>> finished = finished(stage, inputs);
    List<I> missing = inputs.stream().filter(x -> !finished.containsKey(id(stage, x))).toList();
    if (!missing.isEmpty()) {
      timed(
          stage.name(),
          stage.round(),
          () -> {
            try (Journal journal = Journal.open(run.path(stage.journal()))) {
              new Work<>(stage, journal, finished, missing).run();
              return finished;
            }
          });
    }
    Map<I, Outcome<O>> outcomes = new LinkedHashMap<>();
    inputs.forEach(input -> outcomes.put(input, finished.get(id(stage, input))));
    checkThatAModelWorks(stage, outcomes);
    return outcomes;
  }

  /** Returns the seconds that this run and earlier ones of its directory spent on a stage. */
  double seconds(String stage, int round) {
    return Journal.read(run.path(SECONDS), line -> line).records().stream()
        .filter(line -> line.text("stage").equals(stage) && line.integer("round") == round)
        .mapToDouble(line -> line.number("seconds"))
        .sum();
  }

  /** Does work that keeps its own journal, and writes down how long it took. */
  <T> T timed(String stage, int round, Supplier<T> work) {
    Instant start = clock.instant();
    try {
      return work.get();
    } finally {
      addSeconds(stage, round, start);
    }
  }

  private void addSeconds(String stage, int round, Instant start) {
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    // The channel of a journal closes itself under a thread that is interrupted.
    boolean interrupted = Thread.interrupted();
    try (Journal journal = Journal.open(run.path(SECONDS))) {
      journal.append(
          JsonRecord.builder()
              .put("stage", stage)
              .put("round", round)
              .put("seconds", seconds)
              .build());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <I> String id(Stage<I, ?> stage, I input) {
    return stage.id().apply(input);
  }

  /** Returns the records that need not be done again, by id; of two lines the later one counts. */
  private <I, O> Map<String, Outcome<O>> finished(Stage<I, O> stage, List<I> inputs) {
    Map<String, Outcome<O>> outcomes = new HashMap<>();
    Journal.read(run.path(stage.journal()), line -> Map.entry(line.text("id"), read(stage, line)))
        .records()
        .forEach(entry -> outcomes.put(entry.getKey(), entry.getValue()));
    Set<String> ids = inputs.stream().map(input -> id(stage, input)).collect(Collectors.toSet());
    outcomes.keySet().retainAll(ids);
    if (outcomes.size() < ids.size() || outcomes.values().stream().allMatch(StageRunner::failed)) {
      outcomes.values().removeIf(StageRunner::failed);
    }
    return outcomes;
  }

  private static <O> Outcome<O> read(Stage<?, O> stage, JsonRecord line) {
    return line.has("dropped")
        ? Outcome.dropped(line.text("dropped"), line.text("detail"))
        : Outcome.kept(stage.read().apply(line.record("kept")));
  }

  private static <O> JsonRecord write(Stage<?, O> stage, String id, Outcome<O> outcome) {
    JsonRecord.Builder line = JsonRecord.builder().put("id", id);
    return outcome
        .fold(
            kept -> line.put("kept", stage.write().apply(kept)),
            dropped -> line.put("dropped", dropped.reason()).put("detail", dropped.detail()))
        .build();
  }

  private static boolean failed(Outcome<?> outcome) {
    return outcome instanceof Dropped<?> dropped
        && (dropped.reason().equals(MODEL_FAILED) || dropped.reason().equals(ERROR));
  }

  private static <O> void checkThatAModelWorks(Stage<?, O> stage, Map<?, Outcome<O>> outcomes) {
    if (!outcomes.isEmpty() && outcomes.values().stream().allMatch(StageRunner::failed)) {
      String first = outcomes.values().iterator().next().fold(kept -> "", Outcome.Dropped::detail);
      throw new ModelException(
          "Stage \"%s\" failed in each of its records (%d), first with: %s. The same run again tries them again"
              .formatted(stage.name(), outcomes.size(), first));
    }
  }

  /** The records of one stage on their way through the threads. */
  private final class Work<I, O> {
    private final Stage<I, O> stage;
    private final Journal journal;
    private final Map<String, Outcome<O>> finished;
    private final List<I> missing;
    private final int total;
    private long kept;

    Work(Stage<I, O> stage, Journal journal, Map<String, Outcome<O>> finished, List<I> missing) {
      this.stage = stage;
      this.journal = journal;
      this.finished = finished;
      this.missing = missing;
      total = finished.size() + missing.size();
      kept = finished.values().stream().filter(o -> o.value().isPresent()).count();
    }

    void run() {
      ExecutorService executor = Executors.newFixedThreadPool(Math.min(threads, missing.size()));
      ExecutorCompletionService<Boolean> work = new ExecutorCompletionService<>(executor);
      try {
        missing.forEach(input -> work.submit(() -> doOne(input), true));
        for (int i = 0; i < missing.size(); i++) {
          work.take().get();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("Interrupted in stage " + stage.name());
      } catch (ExecutionException e) {
        throw unchecked(e);
      } finally {
        executor.shutdownNow();
        // The threads write into the journal, so it must stay open until the last has ended.
        Uninterruptibles.awaitTerminationUninterruptibly(executor);
      }
    }

    private void doOne(I input) {
      String id = id(stage, input);
      Outcome<O> outcome = attempt(input, id);
      if (Thread.currentThread().isInterrupted()) {
        return; // The run is being stopped: what it cut short is no result.
      }
      journal.append(write(stage, id, outcome));
      finish(id, outcome);
    }

    /** One bad record never ends a run: what it throws becomes the reason why it is dropped. */
    private Outcome<O> attempt(I input, String id) {
      long own = Seeds.of(seed, stage.name(), Integer.toString(stage.round()), id);
      try {
        return stage.work().apply(input, own);
      } catch (ContextLengthException e) {
        return Outcome.dropped(TOO_LONG, String.valueOf(e.getMessage()));
      } catch (ModelException e) {
        return Outcome.dropped(MODEL_FAILED, String.valueOf(e.getMessage()));
      } catch (JudgeException e) {
        return Outcome.dropped(ERROR, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        return Outcome.dropped(ERROR, e.toString());
      }
    }

    private synchronized void finish(String id, Outcome<O> outcome) {
      finished.put(id, outcome);
      kept += outcome.value().isPresent() ? 1 : 0;
      listener.onProgress(
          new ProgressEvent(
              stage.name(), stage.round(), finished.size(), total, Map.of("kept", (double) kept)));
    }

    private static RuntimeException unchecked(ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }
}
