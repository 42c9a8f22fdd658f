package io.selftaught.judge.core.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pair that two judges judged.
 *
 * @param one what the one judge made of it
 * @param other what the other one made of it
 */
record JudgedTwice(Judged one, Judged other) {

  /**
   * Returns the pairs that are in both reports, known by their ids, in the order of the first one.
   *
   * @throws IllegalArgumentException if there is none, or one with other texts or another label
   */
  static List<JudgedTwice> of(EvaluationReport one, EvaluationReport other) {
    Map<String, Judged> others = new HashMap<>();
    other.judged().forEach(pair -> others.put(pair.item().id(), pair));
    List<JudgedTwice> common = new ArrayList<>();
    for (Judged mine : one.judged()) {
      Judged theirs = others.get(mine.item().id());
      if (theirs != null) {
        if (!theirs.item().equals(mine.item())) {
          throw new IllegalArgumentException(
              "The pair %s is not the same in both reports: its texts or its label differ; compare reports on one file of pairs"
                  .formatted(mine.item().id()));
        }
        common.add(new JudgedTwice(mine, theirs));
      }
    }
    if (common.isEmpty()) {
      throw new IllegalArgumentException(
          "The two reports have no pair in common; compare reports on one file of pairs");
    }
    return common;
  }
}
