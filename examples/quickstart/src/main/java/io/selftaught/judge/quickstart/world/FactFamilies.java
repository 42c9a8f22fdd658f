package io.selftaught.judge.quickstart.world;

import static io.selftaught.judge.InstructionLabels.Category.CLOSED_QA;
import static io.selftaught.judge.InstructionLabels.Category.KNOWLEDGE_AND_REASONING;
import static io.selftaught.judge.InstructionLabels.Category.OPEN_QA;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Families about small facts. Each asks for two facts at once: a held-out item is then a pair never
 * seen together, whose two facts have been seen.
 */
final class FactFamilies {

  private FactFamilies() {}

  static List<Family> all() {
    return List.of(opposites(), colors(), young(), months(), days());
  }

  private static Family opposites() {
    Map<String, String> facts = new TreeMap<>(Lexicon.OPPOSITES);
    Lexicon.OPPOSITES.forEach((word, opposite) -> facts.put(opposite, word));
    return WordedFamily.named("opposites", KNOWLEDGE_AND_REASONING, 2, twoOf(facts))
        .worded(
            "Opposites of %s and %s?",
            "Give the opposites of %s and %s.",
            "What are the opposites of %s and %s?",
            "Turn into opposites: %s and %s.",
            "Name the opposites of %s and %s.",
            "Write the opposites: %s and %s.");
  }

  private static Family colors() {
    return WordedFamily.named("colors", OPEN_QA, 2, twoOf(Lexicon.COLORS))
        .worded(
            "Colors of %s and %s?",
            "Which colors have %s and %s?",
            "Give the colors of %s and %s.",
            "What colors are %s and %s?",
            "Name the colors of %s and %s.",
            "Write the colors: %s and %s.");
  }

  private static Family young() {
    return WordedFamily.named("young animals", CLOSED_QA, 3, twoOf(Lexicon.YOUNG))
        .worded(
            "Babies of %s and %s?",
            "What are the young of %s and %s?",
            "Name the babies of %s and %s.",
            "Give the young of %s and %s.",
            "What are babies of %s and %s called?",
            "Write the babies: %s and %s.");
  }

  private static Family months() {
    return WordedFamily.named("months", CLOSED_QA, 2, neighbours(Lexicon.MONTHS))
        .worded(
            "Months just %s %s and %s?",
            "Which months are just %s %s and %s?",
            "Give the months just %s %s and %s.",
            "Name the months just %s %s and %s.",
            "What is one month %s %s and %s?",
            "Go one month %s %s and %s.");
  }

  private static Family days() {
    return WordedFamily.named("days", CLOSED_QA, 2, neighbours(Lexicon.DAYS))
        .worded(
            "Days just %s %s and %s?",
            "Which days are just %s %s and %s?",
            "Give the days just %s %s and %s.",
            "Name the days just %s %s and %s.",
            "What is one day %s %s and %s?",
            "Go one day %s %s and %s.");
  }

  private static Problem.Source twoOf(Map<String, String> facts) {
    List<String> questions = facts.keySet().stream().sorted().toList();
    Map<String, String> answers = Map.copyOf(facts);
    return random -> {
      List<String> asked = Draw.distinct(questions, 2, random);
      String answer = answers.get(asked.get(0)) + " " + answers.get(asked.get(1));
      return Problem.of(answer, asked.get(0), asked.get(1));
    };
  }

  private static Problem.Source neighbours(List<String> cycle) {
    return random -> {
      boolean after = random.nextBoolean();
      List<String> asked = Draw.distinct(cycle, 2, random);
      String answer =
          neighbour(cycle, asked.get(0), after) + " " + neighbour(cycle, asked.get(1), after);
      return Problem.of(answer, after ? "after" : "before", asked.get(0), asked.get(1));
    };
  }

  private static String neighbour(List<String> cycle, String value, boolean after) {
    int place = cycle.indexOf(value) + (after ? 1 : -1);
    return cycle.get(Math.floorMod(place, cycle.size()));
  }
}
