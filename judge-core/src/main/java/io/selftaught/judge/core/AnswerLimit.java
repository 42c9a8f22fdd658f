package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import java.util.Optional;

/**
 * How long an answer may be, in characters (Unicode code points), and what becomes of a longer one.
 *
 * <p>Judges have no limit of their own: an answer that the model's context doesn't hold is a failed
 * judgment, unless the server behind the model cuts it and says nothing. A limit makes that a
 * decision of the caller.
 */
public final class AnswerLimit {

  /** What becomes of a comparison with a longer answer. */
  private enum Policy {
    REFUSE,
    TRUNCATE
  }

  private final Policy policy;
  private final int characters;

  private AnswerLimit(Policy policy, int characters) {
    if (characters < 1) {
      throw new IllegalArgumentException("characters must be at least 1, was " + characters);
    }
    this.policy = policy;
    this.characters = characters;
  }

  /**
   * Returns the limit beyond which nothing is asked: the judgment fails, naming the answer and its
   * length.
   *
   * @param characters the most characters of an answer, 1 or more
   * @throws IllegalArgumentException if {@code characters} is below 1
   */
  public static AnswerLimit refusing(int characters) {
    return new AnswerLimit(Policy.REFUSE, characters);
  }

  /**
   * Returns the limit beyond which an answer is cut: of both answers the judge sees at most as many
   * characters, and behind what is cut a line that says so.
   *
   * @param characters the most characters of an answer, 1 or more
   * @throws IllegalArgumentException if {@code characters} is below 1
   */
  public static AnswerLimit truncating(int characters) {
    return new AnswerLimit(Policy.TRUNCATE, characters);
  }

  /** Returns why a comparison is refused, if it is. */
  Optional<String> objection(Comparison comparison) {
    if (policy == Policy.TRUNCATE) {
      return Optional.empty();
    }
    return objection("a", comparison.a()).or(() -> objection("b", comparison.b()));
  }

  private Optional<String> objection(String name, String answer) {
    int length = length(answer);
    return length <= characters
        ? Optional.empty()
        : Optional.of(
            "Answer %s has %d characters and the limit is %d: shorten it, raise the limit or have it truncated"
                .formatted(name, length, characters));
  }

  /** Returns the comparison with its answers cut. */
  Comparison applyTo(Comparison comparison) {
    Comparison cut = Comparison.of(comparison.prompt(), cut(comparison.a()), cut(comparison.b()));
    return comparison.reference().map(cut::withReference).orElse(cut);
  }

  private String cut(String answer) {
    int length = length(answer);
    return length <= characters
        ? answer
        : answer.substring(0, answer.offsetByCodePoints(0, characters))
            + "\n[… cut here: %d of %d characters shown …]".formatted(characters, length);
  }

  private static int length(String answer) {
    requireNonNull(answer, "answer");
    return answer.codePointCount(0, answer.length());
  }

  /** Returns for instance {@code truncating(20000)}. */
  @Override
  public String toString() {
    return (policy == Policy.REFUSE ? "refusing(" : "truncating(") + characters + ")";
  }
}
