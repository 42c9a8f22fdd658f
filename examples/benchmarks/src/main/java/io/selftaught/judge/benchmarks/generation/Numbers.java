package io.selftaught.judge.benchmarks.generation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Lists of whole numbers as text, with blanks between. */
final class Numbers {

  private Numbers() {}

  static String join(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  static List<Integer> split(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
  }
}
