package io.selftaught.judge;

/** Which of two answers is better, in the letters of the caller. */
public enum Preference {
  /** The first answer is better. */
  A,
  /** The second answer is better. */
  B,
  /** Both answers are equally good. */
  TIE;

  /** Returns the same preference after the two answers have changed places. */
  public Preference swapped() {
    return switch (this) {
      case A -> B;
      case B -> A;
      case TIE -> TIE;
    };
  }
}
