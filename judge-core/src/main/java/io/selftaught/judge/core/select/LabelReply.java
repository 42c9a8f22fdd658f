package io.selftaught.judge.core.select;

import io.selftaught.judge.InstructionLabels;
import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.InstructionLabels.ExpectedLength;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model replied when it was asked for labels: lines {@code Category:}, {@code Complexity:}
 * and {@code Length:} in any order, with any case and any markup around the names.
 *
 * @param category empty if there is no such line, or it names none of the categories
 * @param complexity empty if there is no such line, or no whole number from 1 to 10 on it
 * @param length empty if there is no such line, or it cannot be understood
 */
record LabelReply(
    Optional<Category> category, OptionalInt complexity, Optional<ExpectedLength> length) {

  private static final Pattern LINE =
      Pattern.compile(
          "(?im)^[^\\p{L}\\n]*(?:expected )?(category|complexity|length)[^\\p{L}\\d\\n]*(.*)$");
  private static final Pattern NUMBER = Pattern.compile("(?<![\\d.-])\\d+(?![\\d.]*\\d)");

  /** How words begin that models use for a category in place of its title; in this order. */
  private static final Map<Category, List<String>> OTHER_NAMES =
      Map.ofEntries(
          Map.entry(Category.CODING, List.of(" code", " programming", " software")),
          Map.entry(Category.MATHEMATICAL_REASONING, List.of(" math", " arithmetic", " algebra")),
          Map.entry(Category.ASKING_FOR_ADVICE, List.of(" advice", " recommendation")),
          Map.entry(Category.BRAINSTORMING, List.of(" brainstorm", " idea generation")),
          Map.entry(Category.CLASSIFICATION, List.of(" classify", " sentiment")),
          Map.entry(Category.CLOSED_QA, List.of(" closed qa", " closed question")),
          Map.entry(Category.CREATIVE_WRITING, List.of(" creative", " story", " poem")),
          Map.entry(Category.EXTRACTION, List.of(" extract")),
          Map.entry(Category.PERSONA, List.of(" persona", " role play", " roleplay", " character")),
          Map.entry(Category.OPEN_QA, List.of(" open qa", " open question")),
          Map.entry(Category.REWRITING, List.of(" rewrit", " paraphras", " translat", " editing")),
          Map.entry(Category.SUMMARIZATION, List.of(" summar")),
          Map.entry(
              Category.KNOWLEDGE_AND_REASONING, List.of(" reasoning", " knowledge", " logic")),
          Map.entry(Category.HUMANITIES, List.of(" humanit", " history", " social stud")));

  static LabelReply parse(String text) {
    return new LabelReply(
        line("category", text).map(LabelReply::words).flatMap(LabelReply::categoryIn),
        complexityIn(line("complexity", text).orElse("")),
        line("length", text).map(LabelReply::words).flatMap(LabelReply::lengthIn));
  }

  /**
   * Returns the labels, unless there is no complexity: it is what selection goes by, and a guess
   * would pass for a judgment. A category that is none of the fifteen is {@link Category#OTHER}. An
   * unreadable length counts as one paragraph: it is reported and nothing else.
   */
  Optional<InstructionLabels> labels() {
    return complexity.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new InstructionLabels(
                category.orElse(Category.OTHER),
                complexity.getAsInt(),
                length.orElse(ExpectedLength.ONE_PARAGRAPH)));
  }

  /** Returns the value of the first line of that name. */
  private static Optional<String> line(String name, String text) {
    return LINE.matcher(text)
        .results()
        .filter(line -> line.group(1).equalsIgnoreCase(name))
        .map(line -> line.group(2))
        .findFirst();
  }

  private static String words(String value) {
    return String.join(" ", Words.of(value.replace("+", " or more ")));
  }

  private static Optional<Category> categoryIn(String value) {
    Optional<Category> byTitle =
        Arrays.stream(Category.values())
            .filter(c -> value.startsWith(c.title().toLowerCase(Locale.ROOT)))
            .findFirst();
    return byTitle.or(
        () ->
            OTHER_NAMES.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .filter(e -> e.getValue().stream().anyMatch((" " + value)::contains))
                .map(Map.Entry::getKey)
                .findFirst());
  }

  private static OptionalInt complexityIn(String value) {
    Matcher number = NUMBER.matcher(value);
    // Not more digits than an int holds: "99999999999" is out of range, not an error.
    return number.find() && number.group().length() <= 2
        ? OptionalInt.of(Integer.parseInt(number.group())).stream()
            .filter(n -> n >= 1 && n <= 10)
            .findFirst()
        : OptionalInt.empty();
  }

  private static Optional<ExpectedLength> lengthIn(String value) {
    int most =
        NUMBER
            .matcher(value)
            .results()
            .map(MatchResult::group)
            .mapToInt(LabelReply::small)
            .max()
            .orElse(value.contains("three") ? 3 : value.contains("two") ? 2 : 1);
    if (value.contains("sentence")) {
      boolean several = most > 1 || value.contains("few") || value.contains("more");
      return Optional.of(several ? ExpectedLength.FEW_SENTENCES : ExpectedLength.ONE_SENTENCE);
    } else if (value.contains("paragraph") || value.contains("page")) {
      return Optional.of(paragraphs(value.contains("more") || value.contains("page") ? 3 : most));
    }
    return Optional.empty();
  }

  private static int small(String digits) {
    return digits.length() > 1 ? 10 : Integer.parseInt(digits);
  }

  private static ExpectedLength paragraphs(int count) {
    return count <= 1
        ? ExpectedLength.ONE_PARAGRAPH
        : count == 2 ? ExpectedLength.TWO_PARAGRAPHS : ExpectedLength.THREE_OR_MORE_PARAGRAPHS;
  }
}
