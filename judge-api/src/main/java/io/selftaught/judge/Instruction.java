package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

/**
 * An instruction that a model could be given, with no answer and no label.
 *
 * @param id unique in its pool, not blank
 * @param text what is asked, not blank
 * @param source where it comes from; may be empty
 */
public record Instruction(String id, String text, String source) {

  public Instruction {
    Checks.notBlank("id", requireNonNull(id, "id"));
    Checks.notBlank("text", requireNonNull(text, "text"));
    requireNonNull(source, "source");
  }
}
