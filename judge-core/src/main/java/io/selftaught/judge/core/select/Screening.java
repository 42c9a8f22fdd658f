package io.selftaught.judge.core.select;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Instruction;
import io.selftaught.judge.Outcome;
import io.selftaught.judge.core.data.Seeds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Draws instructions from a pool that are unlike each other and unlike what the judge is measured
 * with. Needs no model. Immutable.
 *
 * <p>The pool is walked in an order that follows from the seed and the ids alone. An instruction is
 * passed over if it shares a run of eight words with a held-out text (a trained judge must not have
 * seen what it is measured with), or if it is a near-duplicate of one drawn before: the Jaccard
 * similarity of their sets of three-word runs is at least 0.7. Both are the usual tests of corpus
 * cleaning; a short text is compared as a whole.
 */
public final class Screening {

  /** The reason of a record that shares words with a held-out text. */
  public static final String OVERLAP = "overlaps held-out text";

  /** The reason of a record that says what another one says. */
  public static final String NEAR_DUPLICATE = "near-duplicate";

  /** The reason of a record that was not needed. */
  public static final String NOT_DRAWN = "not drawn";

  private static final int OVERLAP_WORDS = 8;
  private static final int DUPLICATE_WORDS = 3;
  private static final double DUPLICATE_SIMILARITY = 0.7;

  private final Map<String, String> heldOut;

  private Screening(Map<String, String> heldOut) {
    this.heldOut = heldOut;
  }

  /** Returns a screening that keeps away from these held-out texts, such as validation prompts. */
  public static Screening awayFrom(Collection<String> heldOut) {
    Map<String, String> runs = new HashMap<>();
    for (String text : heldOut) {
      Words.runs(text, OVERLAP_WORDS).forEach(run -> runs.putIfAbsent(run, text));
    }
    return new Screening(runs);
  }

  /**
   * Returns what became of each instruction, in the order in which the pool was walked.
   *
   * @param candidates the most instructions to keep, ≥ 1
   * @param seed the only source of chance
   * @throws IllegalArgumentException if {@code candidates} is below 1
   */
  public Map<Instruction, Outcome<Instruction>> screen(
      List<Instruction> pool, int candidates, long seed) {
    if (candidates < 1) {
      throw new IllegalArgumentException("candidates must be at least 1, was " + candidates);
    }
    Drawn drawn = new Drawn();
    Map<Instruction, Outcome<Instruction>> outcomes = new LinkedHashMap<>();
    for (Instruction instruction : shuffled(pool, seed)) {
      outcomes.put(instruction, screen(instruction, drawn, candidates));
    }
    return outcomes;
  }

  private Outcome<Instruction> screen(Instruction instruction, Drawn drawn, int candidates) {
    if (drawn.size() == candidates) {
      return Outcome.dropped(NOT_DRAWN, "");
    }
    for (String run : Words.runs(instruction.text(), OVERLAP_WORDS)) {
      if (heldOut.containsKey(run)) {
        return Outcome.dropped(OVERLAP, run);
      }
    }
    Set<String> runs = Words.runs(instruction.text(), DUPLICATE_WORDS);
    Optional<String> twin = drawn.similar(runs);
    if (twin.isPresent()) {
      return Outcome.dropped(NEAR_DUPLICATE, "of " + twin.get());
    }
    drawn.add(instruction.id(), runs);
    return Outcome.kept(instruction);
  }

  private static List<Instruction> shuffled(List<Instruction> pool, long seed) {
    return requireNonNull(pool, "pool").stream()
        .sorted(
            Comparator.<Instruction>comparingLong(x -> Seeds.of(seed, "draw", x.id()))
                .thenComparing(Instruction::id))
        .toList();
  }

  @Override
  public String toString() {
    return "overlapWords=%d duplicateWords=%d duplicateSimilarity=%s"
        .formatted(OVERLAP_WORDS, DUPLICATE_WORDS, DUPLICATE_SIMILARITY);
  }

  /** What was drawn, indexed by its runs: a text is compared only with those it shares one with. */
  private static final class Drawn {
    private final Map<String, List<String>> idsByRun = new HashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();

    int size() {
      return sizes.size();
    }

    void add(String id, Set<String> runs) {
      sizes.put(id, runs.size());
      runs.forEach(run -> idsByRun.computeIfAbsent(run, r -> new ArrayList<>()).add(id));
    }

    Optional<String> similar(Set<String> runs) {
      Map<String, Integer> shared = new LinkedHashMap<>();
      for (String run : runs) {
        idsByRun.getOrDefault(run, List.of()).forEach(id -> shared.merge(id, 1, Integer::sum));
      }
      return shared.entrySet().stream()
          .filter(e -> jaccard(e.getValue(), runs.size(), size(e.getKey())) >= DUPLICATE_SIMILARITY)
          .map(Map.Entry::getKey)
          .findFirst();
    }

    private int size(String id) {
      return requireNonNull(sizes.get(id));
    }

    private static double jaccard(int shared, int one, int other) {
      return shared / (double) (one + other - shared);
    }
  }
}
