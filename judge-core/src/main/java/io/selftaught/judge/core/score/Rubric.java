package io.selftaught.judge.core.score;

import io.selftaught.judge.core.prompt.Criterion;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * By what answers get their marks. Immutable.
 *
 * <pre>{@code
 * Rubric rubric =
 *     Rubric.of(new Scale(1, 3), Map.of(1, "wrong", 2, "right but unclear", 3, "right and clear"));
 * }</pre>
 *
 * @param scale the marks there are
 * @param criteria what is looked at, the most important first; if empty, that is left to the model
 * @param meanings what earns a mark, by the mark, not blank; marks left out lie between those told
 */
public record Rubric(Scale scale, List<Criterion> criteria, SortedMap<Integer, String> meanings) {

  public Rubric {
    criteria = List.copyOf(criteria);
    meanings = Collections.unmodifiableSortedMap(new TreeMap<>(meanings));
    for (Map.Entry<Integer, String> meaning : meanings.entrySet()) {
      if (!scale.contains(meaning.getKey())) {
        throw new IllegalArgumentException(
            "meanings must be of marks from %s, one is of %d".formatted(scale, meaning.getKey()));
      }
      if (meaning.getValue().isBlank()) {
        throw new IllegalArgumentException(
            "meanings must not be blank, that of %d is".formatted(meaning.getKey()));
      }
    }
  }

  /** Returns the rubric that says no more than which marks there are. */
  public static Rubric of(Scale scale) {
    return of(scale, Map.of());
  }

  /**
   * Returns a rubric that says what marks mean.
   *
   * @throws IllegalArgumentException if a mark is not on the scale or its meaning is blank
   */
  public static Rubric of(Scale scale, Map<Integer, String> meanings) {
    return new Rubric(scale, List.of(), new TreeMap<>(meanings));
  }

  /** Returns this rubric with what is looked at, the most important first. */
  public Rubric withCriteria(List<Criterion> criteria) {
    return new Rubric(scale, criteria, meanings);
  }

  /** Returns what the model is told beside the scale, as paragraphs of their own; may be empty. */
  String text() {
    return criteriaText() + meaningsText();
  }

  private String criteriaText() {
    return criteria.stream()
        .map(criterion -> "- " + criterion.name() + ": " + criterion.description() + "\n")
        .reduce(String::concat)
        .map(list -> "\nJudge by these criteria, the most important first:\n" + list)
        .orElse("");
  }

  private String meaningsText() {
    return meanings.entrySet().stream()
        .map(meaning -> meaning.getKey() + ": " + meaning.getValue() + "\n")
        .reduce(String::concat)
        .map(list -> "\nWhat the marks mean:\n" + list)
        .orElse("");
  }

  @Override
  public String toString() {
    String told =
        criteria.stream()
            .map(criterion -> ", " + criterion.name() + ": " + criterion.description())
            .collect(Collectors.joining());
    return scale + told + (meanings.isEmpty() ? "" : ", " + meanings);
  }
}
