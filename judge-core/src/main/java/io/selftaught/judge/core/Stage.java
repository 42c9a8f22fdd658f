package io.selftaught.judge.core;

import io.selftaught.judge.Outcome;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.function.Function;

/**
 * A stage of self-training: what it does to one record, and how its results are written down.
 *
 * @param name names the stage in journals, seeds and progress
 * @param round the round it belongs to, from 1; 0 outside of rounds
 * @param id names a record, uniquely within the stage
 * @param work does one record; called by several threads
 * @param write a result as it stands in the journal
 * @param read the inverse of {@code write}
 */
record Stage<I, O>(
    String name,
    int round,
    Function<I, String> id,
    Work<I, O> work,
    Function<O, JsonRecord> write,
    Function<JsonRecord, O> read) {

  /** Does one record. */
  @FunctionalInterface
  interface Work<I, O> {
    /** Returns what became of a record; {@code seed} is the only source of chance. */
    Outcome<O> apply(I input, long seed);
  }

  /** Returns the journal of the stage, relative to the run directory. */
  String journal() {
    return place(round, name) + ".jsonl";
  }

  /** Returns where something of a round lies, relative to the run directory. */
  static String place(int round, String name) {
    return round == 0 ? name : "round-" + round + "/" + name;
  }
}
