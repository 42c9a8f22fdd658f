package io.selftaught.judge.benchmarks.generation;

/** Something that generates and is measured. */
interface Subject {

  /** Returns the name in table and file: what it is, and in which numbers it computes. */
  String name();

  /**
   * Does the work.
   *
   * @throws IllegalStateException if it fails; the message tells what the subject said last
   */
  Measurement measure(Work work);
}
