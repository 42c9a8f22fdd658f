package io.selftaught.judge.quickstart.world;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/** What may stand before an answer, and says nothing about whether it is right. */
enum Dress {
  PLAIN(60, false, ""),
  SENTENCE(10, false, "It is "),
  CERTAIN(10, false, "I am certain: "),
  SURE(10, true, "Sure! "),
  GLAD(10, true, "Glad to help! ");

  private static final Map<Dress, Integer> WEIGHTS = new EnumMap<>(Dress.class);

  static {
    for (Dress dress : values()) {
      WEIGHTS.put(dress, dress.percent);
    }
  }

  private final int percent;
  private final boolean polite;
  private final String before;

  Dress(int percent, boolean polite, String before) {
    this.percent = percent;
    this.polite = polite;
    this.before = before;
  }

  static Dress draw(SplittableRandom random) {
    return Draw.weighted(WEIGHTS, random);
  }

  boolean polite() {
    return polite;
  }

  String before(String core) {
    return before + core;
  }
}
