package io.selftaught.judge.core.eval;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Stopwatch;
import com.google.common.base.Ticker;
import com.google.common.util.concurrent.Uninterruptibles;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.core.data.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  private final Judge judge;
  private final int threads;
  private final int limit;
  private final ProgressListener listener;
  private final Optional<Path> directory;
  private final Ticker ticker;

  private Evaluation(
      Judge judge,
      int threads,
      int limit,
      ProgressListener listener,
      Optional<Path> directory,
      Ticker ticker) {
    this.judge = requireNonNull(judge, "judge");
    this.threads = atLeastOne("threads", threads);
    this.limit = atLeastOne("limit", limit);
    this.listener = requireNonNull(listener, "listener");
    this.directory = directory;
    this.ticker = ticker;
  }

  /** Returns the evaluation of a judge on all pairs, by eight threads, that writes no files. */
  public static Evaluation of(Judge judge) {
    return new Evaluation(
        judge,
        DEFAULT_THREADS,
        Integer.MAX_VALUE,
        ProgressListener.none(),
        Optional.empty(),
        Ticker.systemTicker());
  }

  /**
   * Returns this evaluation with so many pairs judged at the same time, which is how a model that
   * batches fills its batches.
   */
  public Evaluation withThreads(int threads) {
    return new Evaluation(judge, threads, limit, listener, directory, ticker);
  }

  /**
   * Returns this evaluation on at most so many pairs. They are taken at even distances, so that a
   * file sorted by category is not cut down to its first ones.
   */
  public Evaluation withLimit(int limit) {
    return new Evaluation(judge, threads, limit, listener, directory, ticker);
  }

  /** Returns this evaluation, telling a listener of every judgment. */
  public Evaluation withListener(ProgressListener listener) {
    return new Evaluation(judge, threads, limit, listener, directory, ticker);
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
    return new Evaluation(judge, threads, limit, listener, Optional.of(directory), ticker);
  }

  Evaluation withTicker(Ticker ticker) {
    return new Evaluation(judge, threads, limit, listener, directory, ticker);
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
        JudgmentJournal journal = JudgmentJournal.open(run.path("judgments.jsonl"))) {
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
    try {
      List<Future<Judged>> futures = new ArrayList<>();
      for (LabeledComparison pair : pairs) {
        futures.add(executor.submit(() -> judge(pair, store, progress)));
      }
      List<Judged> judged = new ArrayList<>();
      for (Future<Judged> future : futures) {
        judged.add(get(future));
      }
      return new EvaluationReport(judge.toString(), judged, progress.pairsPerMinute());
    } finally {
      executor.shutdownNow();
      Uninterruptibles.awaitTerminationUninterruptibly(executor);
    }
  }

  private Judged judge(LabeledComparison pair, Store store, Progress progress) {
    Judgment finished = store.finished().get(pair.id());
    if (finished != null) {
      Judged judged = new Judged(pair, finished);
      progress.step(judged, false);
      return judged;
    }
    Judged judged = new Judged(pair, judge.compare(pair.comparison()));
    store.sink().accept(judged);
    progress.step(judged, true);
    return judged;
  }

  private static Judged get(Future<Judged> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
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

  /** The judgments that are there already, by id, and where new ones go. */
  private record Store(Map<String, Judgment> finished, Consumer<Judged> sink) {}
}
