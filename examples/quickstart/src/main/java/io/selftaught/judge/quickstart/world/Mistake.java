package io.selftaught.judge.quickstart.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Slips: answers that look like the right one and are not. */
final class Mistake {

  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern SINGLE_WORD = Pattern.compile("[a-z]+");

  private Mistake() {}

  /** Draws a wrong answer near a right one. */
  static String near(String right, SplittableRandom random) {
    if (NUMBER.matcher(right).matches()) {
      return miscounted(Integer.parseInt(right), random);
    }
    if (SINGLE_WORD.matcher(right).matches()) {
      return Draw.oneOf(without(right, Lexicon.WORDS), random);
    }
    String between = right.contains(" ") ? " " : "";
    List<String> parts = new ArrayList<>(List.of(right.split(between)));
    spoil(parts, random);
    return String.join(between, parts);
  }

  private static String miscounted(int right, SplittableRandom random) {
    int step = Draw.oneOf(List.of(1, 2, 10), random);
    boolean less = right > step && random.nextBoolean();
    return Integer.toString(less ? right - step : right + step);
  }

  /** Mixes up two parts, or drops one, or says one twice: as often too long as too short. */
  private static void spoil(List<String> parts, SplittableRandom random) {
    int place = random.nextInt(parts.size());
    List<Integer> others = placesOfOthers(parts, parts.get(place));
    if (!others.isEmpty() && random.nextBoolean()) {
      Collections.swap(parts, place, Draw.oneOf(others, random));
    } else if (random.nextBoolean()) {
      parts.remove(place);
    } else {
      parts.add(place, parts.get(place));
    }
  }

  private static List<Integer> placesOfOthers(List<String> parts, String part) {
    return IntStream.range(0, parts.size())
        .filter(i -> !parts.get(i).equals(part))
        .boxed()
        .toList();
  }

  private static List<String> without(String word, List<String> words) {
    return words.stream().filter(other -> !other.equals(word)).toList();
  }
}
