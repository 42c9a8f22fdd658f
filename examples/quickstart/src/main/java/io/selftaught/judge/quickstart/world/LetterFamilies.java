package io.selftaught.judge.quickstart.world;

import static io.selftaught.judge.InstructionLabels.Category.CODING;
import static io.selftaught.judge.InstructionLabels.Category.EXTRACTION;
import static io.selftaught.judge.InstructionLabels.Category.REWRITING;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Families about letters. Letters that a task works on are capitals: the tokenizer keeps each of
 * them apart, so the model sees what it is asked about.
 */
final class LetterFamilies {

  private LetterFamilies() {}

  static List<Family> all() {
    return List.of(
        reversal(), alphabet(), count(), replacement(), initials(), capitals(), smallLetters());
  }

  private static Family reversal() {
    return WordedFamily.named("reverse letters", CODING, 3, LetterFamilies::drawReversal)
        .worded(
            "Reverse %s.",
            "Write %s backwards.",
            "Spell %s from the end.",
            "What is %s backwards?",
            "Turn %s around.",
            "Give the reverse of %s.");
  }

  private static Problem drawReversal(SplittableRandom random) {
    String letters = letters(Draw.between(3, 4, random), random);
    return Problem.of(new StringBuilder(letters).reverse().toString(), letters);
  }

  private static Family alphabet() {
    return WordedFamily.named("sort letters", CODING, 4, LetterFamilies::drawAlphabet)
        .worded(
            "Sort the letters of %s.",
            "Put the letters %s in order.",
            "Write %s in order of the alphabet.",
            "Arrange the letters %s from A to Z.",
            "Order the letters %s.",
            "Sort %s from A to Z.");
  }

  private static Problem drawAlphabet(SplittableRandom random) {
    List<String> letters = Draw.distinct(Lexicon.ALPHABET, Draw.between(3, 4, random), random);
    String sorted = letters.stream().sorted().collect(Collectors.joining());
    return Problem.unordered(sorted, letters, String.join("", letters));
  }

  private static Family count() {
    return WordedFamily.named("count letters", CODING, 2, LetterFamilies::drawCount)
        .worded(
            "How many %s in %s?",
            "Count the %s in %s.",
            "How often is %s in %s?",
            "How often does %2$s have %1$s?",
            "Count how often %s is in %s.",
            "Give the number of %s in %s.");
  }

  private static Problem drawCount(SplittableRandom random) {
    List<String> letters = new ArrayList<>(Draw.distinct(Lexicon.ALPHABET, 4, random));
    String counted = letters.get(0);
    int times = Draw.between(0, 3, random);
    List<String> word = new ArrayList<>(Collections.nCopies(times, counted));
    while (word.size() < 5) {
      word.add(letters.get(Draw.between(1, 3, random)));
    }
    return Problem.of(
        Integer.toString(times), counted, String.join("", Draw.shuffled(word, random)));
  }

  private static Family replacement() {
    return WordedFamily.named("replace a letter", REWRITING, 3, LetterFamilies::drawReplacement)
        .worded(
            "In %s change %s to %s.",
            "In %s replace %s by %s.",
            "Replace %2$s with %3$s in %1$s.",
            "Change %2$s to %3$s in %1$s.",
            "Write %s with each %s made %s.",
            "Put %3$s for %2$s in %1$s.");
  }

  private static Problem drawReplacement(SplittableRandom random) {
    List<String> letters = Draw.distinct(Lexicon.ALPHABET, 5, random);
    String from = letters.get(0);
    String to = letters.get(1);
    List<String> word = new ArrayList<>(letters.subList(2, 2 + Draw.between(2, 3, random)));
    word.add(Draw.between(0, word.size(), random), from);
    String before = String.join("", word);
    return Problem.of(before.replace(from, to), before, from, to);
  }

  private static Family initials() {
    return WordedFamily.named("first letters", EXTRACTION, 2, LetterFamilies::drawInitials)
        .worded(
            "First letters of %s?",
            "Give the first letters of %s.",
            "Write the first letters of %s.",
            "Which letters begin %s?",
            "Take the first letters of %s.",
            "How do these begin: %s?");
  }

  private static Problem drawInitials(SplittableRandom random) {
    List<String> words = Draw.distinct(Lexicon.WORDS, 3, random);
    String initials =
        words.stream().map(word -> word.substring(0, 1)).collect(Collectors.joining());
    return Problem.of(upper(initials), upper(String.join(" ", words)));
  }

  private static Family capitals() {
    return WordedFamily.named("to capitals", REWRITING, 2, LetterFamilies::drawCapitals)
        .worded(
            "Write %s in capitals.",
            "Put %s in capital letters.",
            "Capitals for %s?",
            "Make %s all capitals.",
            "Spell %s in capitals.",
            "Give %s in capital letters.");
  }

  private static Problem drawCapitals(SplittableRandom random) {
    String words = String.join(" ", Draw.distinct(Lexicon.WORDS, 2, random));
    return Problem.of(upper(words), words);
  }

  private static Family smallLetters() {
    return WordedFamily.named("to small letters", REWRITING, 2, LetterFamilies::drawSmallLetters)
        .worded(
            "Write %s in small letters.",
            "Put %s in small letters.",
            "Small letters for %s?",
            "Make %s all small.",
            "Spell %s in small letters.",
            "Give %s without capitals.");
  }

  private static Problem drawSmallLetters(SplittableRandom random) {
    String words = String.join(" ", Draw.distinct(Lexicon.WORDS, 2, random));
    return Problem.of(words, upper(words));
  }

  private static String letters(int count, SplittableRandom random) {
    return String.join("", Draw.distinct(Lexicon.ALPHABET, count, random));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
