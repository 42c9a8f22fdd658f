package io.selftaught.judge.core;

import io.selftaught.judge.Adapter;
import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.Order;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.eval.PairedTest;
import io.selftaught.judge.core.eval.Rate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a run of self-training did, in figures.
 *
 * @param stages what each stage outside of the rounds kept and dropped, in their order
 * @param categories the selected instructions by category
 * @param seedValidation how well the seed model did on the labelled pairs; empty without any
 * @param rounds the rounds that were begun, in order
 * @param stoppedBecause why the run ended before its last round; empty if it did not
 */
public record SelfTrainingReport(
    List<StageCount> stages,
    Map<Category, Long> categories,
    Optional<Validation> seedValidation,
    List<Round> rounds,
    Optional<String> stoppedBecause) {

  public SelfTrainingReport {
    stages = List.copyOf(stages);
    categories = sorted(categories);
    rounds = List.copyOf(rounds);
  }

  /**
   * Returns the round whose judge has the highest accuracy in validation, 0 being the seed model
   * and the earlier of equals; empty without validation.
   */
  public OptionalInt bestRound() {
    OptionalInt best = seedValidation.isPresent() ? OptionalInt.of(0) : OptionalInt.empty();
    double highest = accuracy(seedValidation);
    for (Round round : rounds) {
      double accuracy = accuracy(round.validation());
      if (accuracy > highest) {
        best = OptionalInt.of(round.number());
        highest = accuracy;
      }
    }
    return best;
  }

  /** Below every accuracy where there is none. */
  private static double accuracy(Optional<Validation> validation) {
    return validation.map(v -> v.accuracy().value().orElse(-1)).orElse(-1.0);
  }

  private static <K extends Comparable<K>, V> Map<K, V> sorted(Map<K, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }

  /**
   * What became of the records of a stage.
   *
   * @param stage its name
   * @param kept how many go on
   * @param dropped how many do not, by reason
   * @param seconds what it took
   */
  public record StageCount(String stage, long kept, Map<String, Long> dropped, double seconds) {
    public StageCount {
      dropped = sorted(dropped);
    }
  }

  /**
   * One round: the judge of the round before it judges the pairs, the seed model learns from that.
   *
   * @param number from 1
   * @param stages what annotation, balancing and fine-tuning kept and dropped
   * @param judgments what the judge said
   * @param training what was learnt; empty if there was nothing to learn, or training stopped
   * @param validation how well the trained judge did on the labelled pairs; empty without any
   */
  public record Round(
      int number,
      List<StageCount> stages,
      Judgments judgments,
      Optional<Training> training,
      Optional<Validation> validation) {
    public Round {
      stages = List.copyOf(stages);
    }
  }

  /**
   * What a judge said of the pairs.
   *
   * @param overall the judgments that agree with the construction of their pair
   * @param byOrder the same by the order of showing: AB showed the better answer first
   * @param byCategory the same by the category of the instruction
   * @param verdicts the judgments by verdict, A being the better answer
   * @param pairsByAgreeing the pairs by the number of their judgments that agree
   * @param meanCharacters the mean length of a judgment; empty if there is none
   */
  public record Judgments(
      Rate overall,
      Map<Order, Rate> byOrder,
      Map<Category, Rate> byCategory,
      Map<String, Long> verdicts,
      Map<Integer, Long> pairsByAgreeing,
      OptionalDouble meanCharacters) {
    public Judgments {
      byOrder = sorted(byOrder);
      byCategory = sorted(byCategory);
      verdicts = sorted(verdicts);
      pairsByAgreeing = sorted(pairsByAgreeing);
    }
  }

  /**
   * What was learnt.
   *
   * @param adapter what came out
   * @param examples the judgments that it was trained on
   * @param firstLoss the first loss that was reported; empty if none was
   * @param lastLoss the last one
   */
  public record Training(
      Adapter adapter, int examples, OptionalDouble firstLoss, OptionalDouble lastLoss) {}

  /**
   * How well a judge did on pairs that it has learnt nothing from.
   *
   * @param accuracy the pairs judged right, in both orders where the judge is asked in both
   * @param positionConsistency of the pairs decided in both orders, those decided alike
   * @param firstShownChosen of all askings that preferred an answer, those preferring the first
   * @param undecided the pairs without a verdict, by cause
   * @param againstSeed the comparison with the seed model; empty for the seed itself
   * @param seconds what it took
   */
  public record Validation(
      Rate accuracy,
      Rate positionConsistency,
      Rate firstShownChosen,
      Map<Cause, Long> undecided,
      Optional<PairedTest> againstSeed,
      double seconds) {
    public Validation {
      undecided = sorted(undecided);
    }
  }
}
