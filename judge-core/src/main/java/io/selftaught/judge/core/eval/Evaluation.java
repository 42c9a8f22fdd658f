package io.selftaught.judge.core.eval;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Stopwatch;
import com.google.common.base.Ticker;
import com.google.common.util.concurrent.Uninterruptibles;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.core.JudgeExecutor;
import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Asks a judge about pairs whose right verdict is known. Immutable; the {@code with} methods return
 * variants.
 *
 * <pre>{@code
 * EvaluationReport report = Evaluation.of(judge).withDirectory(out).run(PairFiles.read(file).records());
 * }</pre>
 */
public final class Evaluation {

  private static final int DEFAULT_THREADS = 8;
  private static final String JUDGMENTS = "judgments.jsonl";

  private final Judge judge;
  private final int threads;
  private final int limit;
  private final ProgressListener listener;
  private final Optional<Path> directory;
  private final Deadlines deadlines;
  private final Ticker ticker;

  private Evaluation(
      Judge judge,
      int threads,
      int limit,
      ProgressListener listener,
      Optional<Path> directory,
      Deadlines deadlines,
      Ticker ticker) {
    this.judge = requireNonNull(judge, "judge");
    this.threads = atLeastOne("threads", threads);
    this.limit = atLeastOne("limit", limit);
    this.listener = requireNonNull(listener, "listener");
    this.directory = directory;
    this.deadlines = deadlines;
    this.ticker = ticker;
  }

  /**
   * Returns the evaluation of a judge on all pairs, by eight threads, without deadlines, that
   * writes no files.
   */
  public static Evaluation of(Judge judge) {
    return new Evaluation(
        judge,
        DEFAULT_THREADS,
        Integer.MAX_VALUE,
        ProgressListener.none(),
        Optional.empty(),
        new Deadlines(Optional.empty(), Optional.empty()),
        Ticker.systemTicker());
  }

  /**
   * Returns this evaluation with so many pairs judged at the same time, which is how a model that
   * batches fills its batches.
   */
  public Evaluation withThreads(int threads) {
    return new Evaluation(judge, threads, limit, listener, directory, deadlines, ticker);
  }

  /**
   * Returns this evaluation on at most so many pairs. They are taken at even distances, so that a
   * file sorted by category is not cut down to its first ones.
   */
  public Evaluation withLimit(int limit) {
    return new Evaluation(judge, threads, limit, listener, directory, deadlines, ticker);
  }

  /** Returns this evaluation, telling a listener of every judgment. */
  public Evaluation withListener(ProgressListener listener) {
    return new Evaluation(judge, threads, limit, listener, directory, deadlines, ticker);
  }

  /**
   * Returns this evaluation, keeping its judgments in {@code judgments.jsonl} as they finish and
   * its figures in {@code report.json} at the end.
   *
   * <p>In a directory of the same judge, pairs that have a judgment are not asked again, except
   * where the model {@linkplain io.selftaught.judge.Verdict.Cause#FAILED could not be asked}. A
   * judge is known by its string form.
   */
  public Evaluation withDirectory(Path directory) {
    return new Evaluation(
        judge, threads, limit, listener, Optional.of(directory), deadlines, ticker);
  }

  /**
   * Returns this evaluation, in which a pair that is not judged so long after it was begun has
   * {@linkplain io.selftaught.judge.Verdict.Cause#FAILED failed}; the judge is interrupted.
   *
   * @throws IllegalArgumentException if not positive
   */
  public Evaluation withCallDeadline(Duration deadline) {
    return withDeadlines(
        new Deadlines(Optional.of(positive("callDeadline", deadline)), deadlines.run()));
  }

  /**
   * Returns this evaluation, which ends after so long at most. What is not judged by then has no
   * judgment, {@link EvaluationReport#unjudged} tells how much that is, and with a {@linkplain
   * #withDirectory directory} the same evaluation goes on with it. Who is being asked is
   * interrupted.
   *
   * @throws IllegalArgumentException if not positive
   */
  public Evaluation withRunDeadline(Duration deadline) {
    return withDeadlines(
        new Deadlines(deadlines.call(), Optional.of(positive("runDeadline", deadline))));
  }

  private Evaluation withDeadlines(Deadlines deadlines) {
    return new Evaluation(judge, threads, limit, listener, directory, deadlines, ticker);
  }

  /**
   * Returns the report of what an earlier evaluation {@linkplain #withDirectory kept} of these
   * pairs, without asking anybody: to compare it with another one, by {@link
   * EvaluationReport#pairedWith}. Pairs that were not judged are left out.
   *
   * @throws InvalidInputException if the directory holds no judgment of these pairs, or one of a
   *     pair that had other texts, or cannot be read
   */
  public static EvaluationReport read(Path directory, List<LabeledComparison> pairs) {
    Map<String, Judgment> judgments = JudgmentJournal.read(directory.resolve(JUDGMENTS), pairs);
    List<Judged> judged = new ArrayList<>();
    for (LabeledComparison pair : pairs) {
      Judgment judgment = judgments.get(pair.id());
      if (judgment != null) {
        judged.add(new Judged(pair, judgment));
      }
    }
    if (judged.isEmpty()) {
      throw new InvalidInputException(
          directory
              + " holds no judgment of these pairs; name a directory that an evaluation wrote");
    }
    String judge =
        JsonFile.read(directory.resolve("run.json"))
            .textMap("settings")
            .getOrDefault("judge", "unknown");
    return new EvaluationReport(
        judge, judged, pairs.size() - judged.size(), OptionalDouble.empty());
  }

  Evaluation withTicker(Ticker ticker) {
    return new Evaluation(judge, threads, limit, listener, directory, deadlines, ticker);
  }

  /**
   * Judges the pairs.
   *
   * @throws IllegalArgumentException if there is no pair, or two have the same id
   * @throws InvalidInputException if the directory belongs to another judge, was used for other
   *     texts under the same id, or cannot be written
   * @throws CancellationException if the thread is interrupted; finished judgments are kept
   */
  public EvaluationReport run(List<LabeledComparison> pairs) {
    List<LabeledComparison> chosen = choose(pairs);
    if (directory.isEmpty()) {
      return judgeAll(chosen, new Store(Map.of(), judged -> {}));
    }
    try (RunDirectory run = RunDirectory.open(directory.get(), Map.of("judge", judge.toString()));
        JudgmentJournal journal = JudgmentJournal.open(run.path(JUDGMENTS))) {
      EvaluationReport report =
          judgeAll(chosen, new Store(journal.finished(chosen), journal::append));
      run.writeReport(report.toJson());
      return report;
    }
  }

  private List<LabeledComparison> choose(List<LabeledComparison> pairs) {
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("pairs must not be empty");
    }
    Set<String> ids = new HashSet<>();
    for (LabeledComparison pair : pairs) {
      if (!ids.add(pair.id())) {
        throw new IllegalArgumentException("pairs has the id " + pair.id() + " twice");
      }
    }
    int n = Math.min(limit, pairs.size());
    return IntStream.range(0, n)
        .mapToObj(i -> pairs.get((int) ((long) i * pairs.size() / n)))
        .toList();
  }

  private EvaluationReport judgeAll(List<LabeledComparison> pairs, Store store) {
    Stopwatch watch = Stopwatch.createStarted(ticker);
    Progress progress = new Progress(listener, pairs.size(), watch);
    ExecutorService executor = Executors.newFixedThreadPool(Math.min(threads, pairs.size()));
    try (JudgeExecutor timely = deadlines.executor(judge, threads)) {
      Judge asked =
          deadlines.areNone()
              ? judge
              : comparison -> get(timely.compareAsync(comparison), Long.MAX_VALUE).orElseThrow();
      List<Future<Judged>> futures = new ArrayList<>();
      for (LabeledComparison pair : pairs) {
        futures.add(executor.submit(() -> judge(pair, asked, store, progress)));
      }
      List<Judged> judged = new ArrayList<>();
      for (Future<Judged> future : futures) {
        get(future, deadlines.nanosLeft(watch.elapsed())).ifPresent(judged::add);
      }
      return new EvaluationReport(
          judge.toString(), judged, pairs.size() - judged.size(), progress.pairsPerMinute());
    } finally {
      executor.shutdownNow();
      Uninterruptibles.awaitTerminationUninterruptibly(executor);
    }
  }

  private static Judged judge(LabeledComparison pair, Judge asked, Store store, Progress progress) {
    Judgment finished = store.finished().get(pair.id());
    if (finished != null) {
      Judged judged = new Judged(pair, finished);
      progress.step(judged, false);
      return judged;
    }
    Judged judged = new Judged(pair, asked.compare(pair.comparison()));
    store.sink().accept(judged);
    progress.step(judged, true);
    return judged;
  }

  /** Returns a result; nothing if it is not there in time. */
  private static <T> Optional<T> get(Future<T> future, long nanos) {
    try {
      return Optional.of(future.get(nanos, TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("The evaluation was interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  private static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
    return value;
  }

  private static Duration positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive, was " + value);
    }
    return value;
  }

  /** How long a pair may take, and all of them. */
  private record Deadlines(Optional<Duration> call, Optional<Duration> run) {

    boolean areNone() {
      return call.isEmpty() && run.isEmpty();
    }

    long nanosLeft(Duration elapsed) {
      return run.map(limit -> limit.minus(elapsed).toNanos()).orElse(Long.MAX_VALUE);
    }

    JudgeExecutor executor(Judge judge, int threads) {
      JudgeExecutor.Builder builder = JudgeExecutor.builder(judge).concurrency(threads);
      call.ifPresent(builder::callDeadline);
      return builder.build();
    }
  }

  /** The judgments that are there already, by id, and where new ones go. */
  private record Store(Map<String, Judgment> finished, Consumer<Judged> sink) {}
}
