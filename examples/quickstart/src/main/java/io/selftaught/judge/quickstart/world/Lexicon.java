package io.selftaught.judge.quickstart.world;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The words and facts of the world: short, few, and nobody would argue about them. */
final class Lexicon {

  private Lexicon() {}

  static final List<String> ANIMALS =
      words(
          "cat dog cow pig hen fox bee ant bat owl rat ram bear wolf lion frog fish duck goat deer");

  static final List<String> THINGS =
      words(
          "cup hat pen box bag bed key map car bus ship door lamp desk book coin ring rope bell"
              + " sock sun sky ice hill lake leaf sand star wind rain");

  static final List<String> WORDS = Stream.concat(ANIMALS.stream(), THINGS.stream()).toList();

  static final List<String> ALPHABET = List.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ".split(""));

  static final List<String> MONTHS =
      words(
          "January February March April May June July August September October November"
              + " December");

  static final List<String> DAYS =
      words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday");

  /** Each word and its opposite, to be read in both directions. */
  static final Map<String, String> OPPOSITES =
      Map.ofEntries(
          Map.entry("hot", "cold"),
          Map.entry("big", "small"),
          Map.entry("up", "down"),
          Map.entry("left", "right"),
          Map.entry("old", "new"),
          Map.entry("fast", "slow"),
          Map.entry("hard", "soft"),
          Map.entry("dark", "light"),
          Map.entry("good", "bad"),
          Map.entry("open", "shut"),
          Map.entry("wet", "dry"),
          Map.entry("high", "low"),
          Map.entry("rich", "poor"),
          Map.entry("full", "empty"),
          Map.entry("loud", "quiet"),
          Map.entry("early", "late"),
          Map.entry("first", "last"),
          Map.entry("day", "night"),
          Map.entry("win", "lose"),
          Map.entry("push", "pull"));

  static final Map<String, String> COLORS =
      Map.ofEntries(
          Map.entry("grass", "green"),
          Map.entry("snow", "white"),
          Map.entry("blood", "red"),
          Map.entry("coal", "black"),
          Map.entry("the sky", "blue"),
          Map.entry("a lemon", "yellow"),
          Map.entry("a carrot", "orange"),
          Map.entry("milk", "white"),
          Map.entry("a frog", "green"),
          Map.entry("a pig", "pink"),
          Map.entry("a crow", "black"),
          Map.entry("a cherry", "red"),
          Map.entry("gold", "yellow"),
          Map.entry("a plum", "purple"),
          Map.entry("mud", "brown"),
          Map.entry("salt", "white"),
          Map.entry("a pea", "green"),
          Map.entry("the sea", "blue"),
          Map.entry("a bear", "brown"),
          Map.entry("ash", "gray"),
          Map.entry("corn", "yellow"),
          Map.entry("a rose", "red"));

  /** Each animal and what its young are called. */
  static final Map<String, String> YOUNG =
      Map.ofEntries(
          Map.entry("dog", "puppy"),
          Map.entry("cat", "kitten"),
          Map.entry("cow", "calf"),
          Map.entry("hen", "chick"),
          Map.entry("pig", "piglet"),
          Map.entry("bear", "cub"),
          Map.entry("duck", "duckling"),
          Map.entry("goat", "kid"),
          Map.entry("deer", "fawn"),
          Map.entry("sheep", "lamb"),
          Map.entry("horse", "foal"),
          Map.entry("frog", "tadpole"),
          Map.entry("owl", "owlet"),
          Map.entry("goose", "gosling"),
          Map.entry("swan", "cygnet"),
          Map.entry("hare", "leveret"));

  private static List<String> words(String spaced) {
    return List.of(spaced.split(" "));
  }
}
