package io.selftaught.judge.quickstart.world;

import static io.selftaught.judge.InstructionLabels.Category.CLASSIFICATION;
import static io.selftaught.judge.InstructionLabels.Category.MATHEMATICAL_REASONING;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Families about numbers below one hundred. Where the model has to reckon, and not only to compare,
 * one of its numbers is small: an hour of training has to be enough.
 */
final class NumberFamilies {

  private NumberFamilies() {}

  static List<Family> all() {
    return List.of(sum(), difference(), largest(), smallest(), ascending(), descending(), series());
  }

  private static Family sum() {
    return WordedFamily.named("sum", MATHEMATICAL_REASONING, 2, NumberFamilies::drawSum)
        .worded(
            "What is %s + %s?",
            "Add %s and %s.",
            "%s plus %s?",
            "Compute %s + %s.",
            "How much is %s plus %s?",
            "Give the sum of %s and %s.");
  }

  private static Problem drawSum(SplittableRandom random) {
    int a = Draw.between(1, 89, random);
    int b = Draw.between(1, 9, random);
    String left = Integer.toString(a);
    String right = Integer.toString(b);
    return Problem.unordered(Integer.toString(a + b), List.of(left, right), left, right);
  }

  private static Family difference() {
    return WordedFamily.named(
            "difference", MATHEMATICAL_REASONING, 3, NumberFamilies::drawDifference)
        .worded(
            "What is %s - %s?",
            "Subtract %2$s from %1$s.",
            "%s minus %s?",
            "Compute %s - %s.",
            "How much is %s minus %s?",
            "Take %2$s away from %1$s.");
  }

  private static Problem drawDifference(SplittableRandom random) {
    int a = Draw.between(10, 99, random);
    int b = Draw.between(1, 9, random);
    return Problem.of(Integer.toString(a - b), Integer.toString(a), Integer.toString(b));
  }

  private static Family largest() {
    return WordedFamily.named(
            "largest",
            CLASSIFICATION,
            1,
            random -> drawExtreme(Comparator.<Integer>reverseOrder(), random))
        .worded(
            "Largest of %s?",
            "Which is the largest: %s?",
            "Give the biggest of %s.",
            "Find the largest number: %s.",
            "What is the biggest of %s?",
            "Pick the largest: %s.");
  }

  private static Family smallest() {
    return WordedFamily.named(
            "smallest",
            CLASSIFICATION,
            1,
            random -> drawExtreme(Comparator.<Integer>naturalOrder(), random))
        .worded(
            "Smallest of %s?",
            "Which is the smallest: %s?",
            "Give the least of %s.",
            "Find the smallest number: %s.",
            "What is the least of %s?",
            "Pick the smallest: %s.");
  }

  private static Problem drawExtreme(Comparator<Integer> wantedFirst, SplittableRandom random) {
    List<Integer> numbers = Draw.distinct(IntStream.rangeClosed(1, 99).boxed().toList(), 3, random);
    String best = Integer.toString(numbers.stream().min(wantedFirst).orElseThrow());
    return Problem.unordered(
        best, numbers.stream().map(Object::toString).toList(), spaced(numbers));
  }

  private static Family ascending() {
    return WordedFamily.named(
            "ascending",
            MATHEMATICAL_REASONING,
            3,
            random -> drawSorted(Comparator.<Integer>naturalOrder(), random))
        .worded(
            "Sort %s.",
            "Put %s in order.",
            "Sort from low to high: %s.",
            "Arrange %s from low to high.",
            "Order these digits: %s.",
            "Write %s in rising order.");
  }

  private static Family descending() {
    return WordedFamily.named(
            "descending",
            MATHEMATICAL_REASONING,
            3,
            random -> drawSorted(Comparator.<Integer>reverseOrder(), random))
        .worded(
            "Sort %s downwards.",
            "Put %s in falling order.",
            "Sort from high to low: %s.",
            "Arrange %s from high to low.",
            "Order these digits downwards: %s.",
            "Write %s in falling order.");
  }

  private static Problem drawSorted(Comparator<Integer> order, SplittableRandom random) {
    List<Integer> digits = new ArrayList<>();
    for (int i = Draw.between(3, 5, random); i > 0; i--) {
      digits.add(Draw.between(0, 9, random));
    }
    return Problem.unordered(
        spaced(digits.stream().sorted(order).toList()),
        digits.stream().map(Object::toString).toList(),
        spaced(digits));
  }

  private static Family series() {
    return WordedFamily.named("series", MATHEMATICAL_REASONING, 4, NumberFamilies::drawSeries)
        .worded(
            "What comes next: %s?",
            "Continue: %s.",
            "Next number after %s?",
            "Give the next number: %s.",
            "Which number follows: %s?",
            "Go on with one number: %s.");
  }

  private static Problem drawSeries(SplittableRandom random) {
    int step = Draw.between(1, 5, random);
    int low = Draw.between(1, 80, random);
    List<Integer> terms = IntStream.range(0, 4).mapToObj(i -> low + i * step).toList();
    if (random.nextBoolean()) {
      terms = terms.stream().sorted(Comparator.reverseOrder()).toList();
    }
    return Problem.of(Integer.toString(terms.get(3)), spaced(terms.subList(0, 3)));
  }

  private static String spaced(List<Integer> numbers) {
    return numbers.stream().map(Object::toString).collect(Collectors.joining(" "));
  }
}
