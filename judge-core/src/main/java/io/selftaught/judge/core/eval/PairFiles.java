package io.selftaught.judge.core.eval;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Preference;
import io.selftaught.judge.core.data.JsonLines;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.data.Parsed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads files of labelled pairs: JSON Lines of {@code {"id","source","category","prompt","a","b",
 * "preferred"}}, where {@code preferred} is {@code A}, {@code B} or {@code TIE}. {@code source} and
 * {@code category} may be missing; {@code reference} may hold a reference answer.
 */
public final class PairFiles {

  private PairFiles() {}

  /**
   * Returns the pairs of a file, and the lines that hold none, with their reasons. A line that
   * repeats the id of an earlier one is rejected.
   *
   * @throws InvalidInputException if the file cannot be read
   */
  public static Parsed<LabeledComparison> read(Path file) {
    Set<String> ids = new HashSet<>();
    return JsonLines.read(file, line -> unique(pair(line), ids));
  }

  private static LabeledComparison unique(LabeledComparison pair, Set<String> ids) {
    if (!ids.add(pair.id())) {
      throw new InvalidInputException("the id \"" + pair.id() + "\" is taken by an earlier line");
    }
    return pair;
  }

  private static LabeledComparison pair(JsonRecord line) {
    Comparison comparison = Comparison.of(line.text("prompt"), line.text("a"), line.text("b"));
    return new LabeledComparison(
        line.text("id"),
        line.optionalText("source").orElse(""),
        line.optionalText("category").orElse(""),
        line.optionalText("reference").map(comparison::withReference).orElse(comparison),
        preference(line.text("preferred")));
  }

  private static Preference preference(String word) {
    return Arrays.stream(Preference.values())
        .filter(preference -> preference.name().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "field \"preferred\" must be A, B or TIE, was \"" + word + "\""));
  }
}
