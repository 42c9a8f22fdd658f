package io.selftaught.judge.core.prompt;

import static java.util.Objects.requireNonNull;

/**
 * Something to judge answers by.
 *
 * @param name a word or two, not blank
 * @param description what a good answer does in this respect, not blank
 */
public record Criterion(String name, String description) {

  public Criterion {
    if (requireNonNull(name, "name").isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
    if (requireNonNull(description, "description").isBlank()) {
      throw new IllegalArgumentException("description of " + name + " must not be blank");
    }
  }
}
