package io.selftaught.judge.core.remote;

import com.google.common.base.CharMatcher;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.ModelException;
import java.util.List;
import java.util.Optional;

/**
 * The texts that a sample may consist of, and which of them a server meant that cannot be held to
 * them.
 *
 * <p>Such a server often begins a message of its own instead of continuing the one that was begun,
 * and writes {@code [[A]]}, {@code Verdict: A} or {@code **A**} where {@code A]]} was to come. What
 * is nothing but one of the choices but for the line begun, brackets, quotation marks, emphasis and
 * the end of a sentence is that choice; a word more, and it is none.
 *
 * @param texts the choices; empty if a sample is free
 * @param cue how the last line begins that was put into the model's mouth; may be empty
 */
record Choices(List<String> texts, String cue) {

  private static final CharMatcher AROUND =
      CharMatcher.whitespace().or(CharMatcher.anyOf("[](){}\"'`*_.,;:!\u201c\u201d\u2018\u2019"));

  private static final int MAX_TOLD = 2_000;

  /** Returns the choices for a sample that continues {@code begun}, which may be empty. */
  static Choices after(String begun, List<String> texts) {
    String lastLine = begun.substring(begun.lastIndexOf('\n') + 1);
    return new Choices(texts, AROUND.trimFrom(lastLine));
  }

  /**
   * Returns a sample that is one of the choices, if there are any.
   *
   * @throws ModelException if it is something else, with what that is
   */
  Generation hold(Generation sample) {
    if (texts.isEmpty() || texts.contains(sample.text())) {
      return sample;
    }
    String choice = same(sample.text()).or(() -> meant(sample)).orElseThrow(() -> none(sample));
    return new Generation(choice, sample.finishReason(), sample.usage(), sample.tokens());
  }

  private Optional<String> same(String text) {
    return texts.stream().filter(choice -> choice.strip().equals(text.strip())).findFirst();
  }

  /** What was cut might have gone on in any way. */
  private Optional<String> meant(Generation sample) {
    String bare = withoutCue(AROUND.trimFrom(sample.text()));
    List<String> like =
        texts.stream().distinct().filter(choice -> AROUND.trimFrom(choice).equals(bare)).toList();
    return sample.finishReason() == FinishReason.STOP && !bare.isEmpty() && like.size() == 1
        ? Optional.of(like.get(0))
        : Optional.empty();
  }

  private String withoutCue(String text) {
    if (cue.isEmpty() || !text.regionMatches(true, 0, cue, 0, cue.length())) {
      return text;
    }
    String rest = text.substring(cue.length());
    String bare = AROUND.trimLeadingFrom(rest);
    return bare.equals(rest) ? text : bare; // else the cue is but the beginning of a longer word
  }

  private ModelException none(Generation sample) {
    String text = sample.text();
    String told = text.length() > MAX_TOLD ? text.substring(0, MAX_TOLD) + "…" : text;
    return new ModelException(
        "The server wrote \"%s\" (%s) instead of one of %s; take a server that can be held to choices"
            .formatted(told, sample.finishReason(), texts));
  }
}
