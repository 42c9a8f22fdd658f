package io.selftaught.judge.core.safety;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.eval.Rate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Asks a judge about canaries in between, to find out in time that it is broken or under attack.
 *
 * <pre>{@code
 * CanaryJudge judge =
 *     CanaryJudge.builder(Judges.bothOrders(once), Canaries.standard(7)).every(20).build();
 * Evaluation.run(judge, pairs);
 * System.out.println(judge.report());
 * }</pre>
 *
 * <p>The first comparison, and every so many later ones, has a canary asked before it, by the same
 * thread; the judge can't tell one from the other. Judgments are those of the judge. The judge
 * counts as broken once at least {@value #FEWEST} canaries are answered and even the upper end of
 * their 95% interval is below the accuracy that is demanded. Then, by the {@linkplain OnBroken
 * policy}, a warning is given once, or this and every later comparison fails. Safe for use by
 * several threads. Closing closes the judge.
 */
public final class CanaryJudge implements Judge {

  /** What is done when the judge counts as broken. */
  public enum OnBroken {
    /** The listener is told, once, and judging goes on. */
    WARN,
    /** The listener is told, and every comparison from now on ends in a {@link CanaryException}. */
    STOP
  }

  /** The fewest answered canaries that can show a judge to be broken. */
  public static final int FEWEST = 10;

  private static final System.Logger LOG = System.getLogger(CanaryJudge.class.getName());

  private final Judge judge;
  private final List<Canary> canaries;
  private final int every;
  private final double leastAccuracy;
  private final OnBroken onBroken;
  private final Consumer<CanaryReport> listener;
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong turn = new AtomicLong();
  private final AtomicBoolean broken = new AtomicBoolean();
  private final Map<String, Rate> byKind = new TreeMap<>();
  private int failed;

  private CanaryJudge(Builder builder) {
    judge = builder.judge;
    canaries = builder.canaries;
    every = builder.every;
    leastAccuracy = builder.leastAccuracy;
    onBroken = builder.onBroken;
    listener = builder.listener;
  }

  /**
   * Returns a builder with the defaults: a canary every 20 comparisons, an accuracy of 0.8
   * demanded, and {@link OnBroken#STOP}.
   *
   * @param canaries asked in turn, and again from the first
   * @throws IllegalArgumentException if there is none
   */
  public static Builder builder(Judge judge, List<Canary> canaries) {
    return new Builder(judge, canaries);
  }

  /**
   * Returns the judge's judgment.
   *
   * @throws CanaryException if the judge counts as broken and {@link OnBroken#STOP} is the policy
   */
  @Override
  public Judgment compare(Comparison comparison) {
    requireNonNull(comparison, "comparison");
    requireSound();
    if (asked.getAndIncrement() % every == 0) {
      askNext();
    }
    return judge.compare(comparison);
  }

  /**
   * Asks some canaries at once, before anything depends on the judge: so a start-up check, or one
   * before a single comparison.
   *
   * @param number how many; fewer than {@value #FEWEST} can't show that a judge is broken
   * @return how the judge did so far
   * @throws IllegalArgumentException if {@code number} is below 1
   * @throws CanaryException as {@link #compare}
   */
  public CanaryReport probe(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("number must be at least 1, was " + number);
    }
    requireSound();
    for (int i = 0; i < number; i++) {
      askNext();
    }
    return report();
  }

  private void askNext() {
    Canary canary = canaries.get((int) (turn.getAndIncrement() % canaries.size()));
    count(canary, judge.compare(canary.comparison()).verdict());
    CanaryReport report = report();
    if (isBroken(report.accuracy()) && broken.compareAndSet(false, true)) {
      LOG.log(System.Logger.Level.WARNING, () -> message(report));
      listener.accept(report);
    }
    requireSound();
  }

  private synchronized void count(Canary canary, Verdict verdict) {
    if (verdict.equals(Verdict.undecided(Cause.FAILED))) {
      failed++;
      return;
    }
    long right = verdict.equals(Verdict.decided(canary.expected())) ? 1 : 0;
    byKind.merge(
        canary.kind(),
        new Rate(right, 1),
        (x, y) -> new Rate(x.hits() + y.hits(), x.of() + y.of()));
  }

  private boolean isBroken(Rate accuracy) {
    return accuracy.of() >= FEWEST
        && accuracy.interval().filter(interval -> interval.high() < leastAccuracy).isPresent();
  }

  private void requireSound() {
    if (onBroken == OnBroken.STOP && broken.get()) {
      CanaryReport report = report();
      throw new CanaryException(message(report), report);
    }
  }

  private String message(CanaryReport report) {
    return "The judge is broken or under attack: %s, where at least %s was demanded of %s"
        .formatted(report, leastAccuracy, judge);
  }

  /** Returns how the judge did so far. */
  public synchronized CanaryReport report() {
    return new CanaryReport(byKind, failed);
  }

  @Override
  public void close() {
    judge.close();
  }

  @Override
  public String toString() {
    return "canaries(" + judge + ", every " + every + ")";
  }

  /** Collects settings; not safe for use by several threads. */
  public static final class Builder {
    private final Judge judge;
    private final List<Canary> canaries;
    private int every = 20;
    private double leastAccuracy = 0.8;
    private OnBroken onBroken = OnBroken.STOP;
    private Consumer<CanaryReport> listener = report -> {};

    private Builder(Judge judge, List<Canary> canaries) {
      this.judge = requireNonNull(judge, "judge");
      this.canaries = List.copyOf(canaries);
      if (canaries.isEmpty()) {
        throw new IllegalArgumentException("canaries must not be empty");
      }
    }

    /**
     * Sets how many comparisons there are to one canary.
     *
     * @throws IllegalArgumentException if below 1
     */
    public Builder every(int comparisons) {
      if (comparisons < 1) {
        throw new IllegalArgumentException("comparisons must be at least 1, was " + comparisons);
      }
      every = comparisons;
      return this;
    }

    /**
     * Sets the share of canaries that a sound judge gets right, above 0 and up to 1.
     *
     * @throws IllegalArgumentException if out of range
     */
    public Builder leastAccuracy(double share) {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("share must be above 0 and at most 1, was " + share);
      }
      leastAccuracy = share;
      return this;
    }

    /** Sets what is done when the judge counts as broken. */
    public Builder onBroken(OnBroken policy) {
      onBroken = requireNonNull(policy, "policy");
      return this;
    }

    /** Sets who is told, once, when the judge counts as broken; the log is told as well. */
    public Builder listener(Consumer<CanaryReport> listener) {
      this.listener = requireNonNull(listener, "listener");
      return this;
    }

    /** Returns the judge that asks canaries in between. */
    public CanaryJudge build() {
      return new CanaryJudge(this);
    }
  }
}
