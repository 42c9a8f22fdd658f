package io.selftaught.judge.quickstart.world;

import static io.selftaught.judge.InstructionLabels.Category.CLASSIFICATION;
import static io.selftaught.judge.InstructionLabels.Category.CODING;
import static io.selftaught.judge.InstructionLabels.Category.EXTRACTION;
import static io.selftaught.judge.InstructionLabels.Category.REWRITING;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Families about short lists of words. */
final class WordFamilies {

  private static final List<String> PLACES = List.of("first", "second", "third", "last");

  private WordFamilies() {}

  static List<Family> all() {
    return List.of(reversal(), pick(), repetition(), count(), animal());
  }

  private static Family reversal() {
    return WordedFamily.named("reverse words", CODING, 3, WordFamilies::drawReversal)
        .worded(
            "Reverse the words: %s.",
            "Turn the list around: %s.",
            "Write the words backwards: %s.",
            "List from the end: %s.",
            "Say the words backwards: %s.",
            "Reverse this list: %s.");
  }

  private static Problem drawReversal(SplittableRandom random) {
    List<String> words = Draw.distinct(Lexicon.WORDS, Draw.between(3, 4, random), random);
    List<String> reversed = new ArrayList<>(words);
    Collections.reverse(reversed);
    return Problem.of(String.join(" ", reversed), String.join(" ", words));
  }

  private static Family pick() {
    return WordedFamily.named("pick a word", EXTRACTION, 1, WordFamilies::drawPick)
        .worded(
            "What is the %s word of: %s?",
            "Give the %s word: %s.",
            "Take the %s word of: %s.",
            "Which word is %s in: %s?",
            "Find the %s word: %s.",
            "Write only the %s word: %s.");
  }

  private static Problem drawPick(SplittableRandom random) {
    List<String> words = Draw.distinct(Lexicon.WORDS, 4, random);
    int place = random.nextInt(PLACES.size());
    return Problem.of(words.get(place), PLACES.get(place), String.join(" ", words));
  }

  private static Family repetition() {
    return WordedFamily.named("repeat words", REWRITING, 1, WordFamilies::drawRepetition)
        .worded(
            "Say %s twice.",
            "Write %s two times.",
            "Repeat %s once more.",
            "Double this: %s.",
            "Print %s twice.",
            "Copy %s two times.");
  }

  private static Problem drawRepetition(SplittableRandom random) {
    String words = String.join(" ", Draw.distinct(Lexicon.WORDS, 2, random));
    return Problem.of(words + " " + words, words);
  }

  private static Family count() {
    return WordedFamily.named("count words", CODING, 1, WordFamilies::drawCount)
        .worded(
            "How many words: %s?",
            "Count the words: %s.",
            "How long is this list: %s?",
            "Give the number of words: %s.",
            "How many words are in: %s?",
            "Count this list: %s.");
  }

  private static Problem drawCount(SplittableRandom random) {
    List<String> words = Draw.distinct(Lexicon.WORDS, Draw.between(2, 6, random), random);
    return Problem.of(Integer.toString(words.size()), String.join(" ", words));
  }

  private static Family animal() {
    return WordedFamily.named("find the animal", CLASSIFICATION, 2, WordFamilies::drawAnimal)
        .worded(
            "Which is an animal: %s?",
            "Find the animal: %s.",
            "Which one is alive: %s?",
            "Pick the animal: %s.",
            "Name the animal in: %s.",
            "One is an animal: %s. Which?");
  }

  private static Problem drawAnimal(SplittableRandom random) {
    String animal = Draw.oneOf(Lexicon.ANIMALS, random);
    List<String> words = new ArrayList<>(Draw.distinct(Lexicon.THINGS, 2, random));
    words.add(random.nextInt(3), animal);
    return Problem.unordered(animal, words, String.join(" ", words));
  }
}
