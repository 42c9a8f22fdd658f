package io.selftaught.judge;

/** The order in which the two answers of a comparison are shown to a judge. */
public enum Order {
  /** The caller's a is shown first. */
  AB,
  /** The caller's b is shown first. */
  BA;

  /** Returns the other order. */
  public Order reversed() {
    return this == AB ? BA : AB;
  }

  /** Translates a preference between the letters shown in this order and the caller's letters. */
  public Preference apply(Preference preference) {
    return this == AB ? preference : preference.swapped();
  }
}
