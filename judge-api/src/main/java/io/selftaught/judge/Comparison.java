package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A question to a judge: which of two answers to one prompt is better?
 *
 * <p>Empty answers are legal, they happen; an empty prompt is not. Immutable.
 */
public final class Comparison {

  private static final Pattern SPEAKER = Pattern.compile("(?im)^ *\\[(?:SYSTEM|USER|ASSISTANT)\\]");

  private final String prompt;
  private final String a;
  private final String b;
  private final Optional<String> reference;

  private Comparison(String prompt, String a, String b, Optional<String> reference) {
    this.prompt = Checks.notBlank("prompt", prompt);
    this.a = requireNonNull(a, "a");
    this.b = requireNonNull(b, "b");
    this.reference = reference;
  }

  /**
   * Returns the comparison of two answers to a prompt.
   *
   * @throws IllegalArgumentException if {@code prompt} is blank
   */
  public static Comparison of(String prompt, String a, String b) {
    return new Comparison(requireNonNull(prompt, "prompt"), a, b, Optional.empty());
  }

  /**
   * Returns the comparison of two answers to the last turn of a conversation. Its prompt is the
   * conversation as a text, each turn under the name of who speaks. A line of a turn that begins
   * with such a name is indented, so that nobody speaks for another.
   *
   * @throws IllegalArgumentException if {@code conversation} is empty or all its turns are blank
   */
  public static Comparison of(List<ChatMessage> conversation, String a, String b) {
    if (Checks.notEmpty("conversation", conversation).stream()
        .allMatch(m -> m.content().isBlank())) {
      throw new IllegalArgumentException("conversation must not be blank");
    }
    String prompt =
        conversation.stream()
            .map(turn -> "[%s]\n%s".formatted(turn.role(), indented(turn.content())))
            .collect(Collectors.joining("\n\n"));
    return of(prompt, a, b);
  }

  private static String indented(String content) {
    return SPEAKER.matcher(content).replaceAll(" $0");
  }

  /** Returns this comparison with a reference answer that the judge may rely on. */
  public Comparison withReference(String reference) {
    return new Comparison(prompt, a, b, Optional.of(requireNonNull(reference, "reference")));
  }

  /** Returns this comparison with its answers exchanged. */
  public Comparison swapped() {
    return new Comparison(prompt, b, a, reference);
  }

  /** Returns this comparison with its answers in the given order. */
  public Comparison in(Order order) {
    return order == Order.AB ? this : swapped();
  }

  /** Returns what both answers reply to. */
  public String prompt() {
    return prompt;
  }

  /** Returns the first answer. */
  public String a() {
    return a;
  }

  /** Returns the second answer. */
  public String b() {
    return b;
  }

  /** Returns the reference answer, if there is one. */
  public Optional<String> reference() {
    return reference;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Comparison other
        && prompt.equals(other.prompt)
        && a.equals(other.a)
        && b.equals(other.b)
        && reference.equals(other.reference);
  }

  @Override
  public int hashCode() {
    return Objects.hash(prompt, a, b, reference);
  }

  @Override
  public String toString() {
    String tail = reference.map(text -> ", reference=" + text).orElse("");
    return "Comparison[prompt=" + prompt + ", a=" + a + ", b=" + b + tail + "]";
  }
}
