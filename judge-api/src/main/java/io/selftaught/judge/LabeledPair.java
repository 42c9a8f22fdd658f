package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two answers to an instruction of which one is better by construction.
 *
 * @param id unique in its run, not blank
 * @param instruction what both answers reply to
 * @param chosen the better answer, not blank
 * @param rejected the worse answer, not blank and other than {@code chosen}
 * @param provenance how the pair came about, as readable names and values
 */
public record LabeledPair(
    String id,
    Instruction instruction,
    String chosen,
    String rejected,
    Map<String, String> provenance) {

  public LabeledPair {
    Checks.notBlank("id", requireNonNull(id, "id"));
    requireNonNull(instruction, "instruction");
    Checks.notBlank("chosen", requireNonNull(chosen, "chosen"));
    Checks.notBlank("rejected", requireNonNull(rejected, "rejected"));
    if (chosen.equals(rejected)) {
      throw new IllegalArgumentException("chosen and rejected must differ in pair " + id);
    }
    provenance = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(provenance)));
  }

  /** Returns the comparison that shows the better answer as a in order AB and as b in order BA. */
  public Comparison comparison(Order order) {
    return Comparison.of(instruction.text(), chosen, rejected).in(order);
  }
}
