package io.selftaught.judge.core.remote;

import io.selftaught.judge.ContextLengthException;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises a server's complaint that a prompt is longer than the context.
 *
 * <p>There is no standard for it: llama.cpp sends two fields, the others a sentence with numbers,
 * which has changed over their versions. Only what names both numbers is recognised, and only if
 * the prompt alone fills the context: a prompt that fits and too many tokens wanted after it is
 * another mistake, which the server's own words explain better.
 */
final class ContextOverflow {

  private static final List<Pattern> CONTEXT =
      List.of(
          Pattern.compile("context length (?:is|of) (?:only )?(\\d+)"),
          Pattern.compile("context length \\(?(\\d+)"),
          Pattern.compile("maximum model length of (\\d+)"),
          Pattern.compile("context (?:size|window)(?: of)? \\(?(\\d+)"));

  private static final List<Pattern> PROMPT =
      List.of(
          Pattern.compile("\\((\\d+) in the (?:messages|prompt)"),
          Pattern.compile("(\\d+) tokens from the input"),
          Pattern.compile(
              "(?:request|prompt) (?:has|contains) (?:at least )?(\\d+)(?: input)? token"),
          Pattern.compile("messages resulted in (\\d+) tokens"),
          Pattern.compile("\\(total length (\\d+)\\)"),
          Pattern.compile("prompt \\(length (\\d+)\\)"),
          Pattern.compile("(?:input|request|prompt) \\((\\d+) tokens\\)"),
          Pattern.compile("equested tokens \\((\\d+)\\)"));

  private ContextOverflow() {}

  /** Returns the exception that an error calls for, if it is of this kind. */
  static Optional<ContextLengthException> recognise(Optional<JsonRecord> error, String message) {
    OptionalInt prompt = error.map(e -> field(e, "n_prompt_tokens")).orElse(OptionalInt.empty());
    OptionalInt context = error.map(e -> field(e, "n_ctx")).orElse(OptionalInt.empty());
    if (prompt.isEmpty() || context.isEmpty()) {
      prompt = first(PROMPT, message);
      context = first(CONTEXT, message);
    }
    return prompt.isPresent() && context.isPresent() && prompt.getAsInt() >= context.getAsInt()
        ? Optional.of(new ContextLengthException(prompt.getAsInt(), context.getAsInt()))
        : Optional.empty();
  }

  private static OptionalInt field(JsonRecord error, String name) {
    try {
      return error.has(name)
          ? OptionalInt.of(Math.toIntExact(error.integer(name)))
          : OptionalInt.empty();
    } catch (InvalidInputException | ArithmeticException e) {
      return OptionalInt.empty();
    }
  }

  private static OptionalInt first(List<Pattern> patterns, String message) {
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(message);
      if (matcher.find() && matcher.group(1).length() < 10) {
        return OptionalInt.of(Integer.parseInt(matcher.group(1)));
      }
    }
    return OptionalInt.empty();
  }
}
