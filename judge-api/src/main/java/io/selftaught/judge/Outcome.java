package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/** What a stage made of one record: a result, or nothing for a stated reason. */
public sealed interface Outcome<T> {

  /** Returns the outcome that keeps {@code value}. */
  static <T> Outcome<T> kept(T value) {
    return new Kept<>(value);
  }

  /**
   * Returns the outcome that drops the record.
   *
   * @param reason a short constant phrase that records can be counted by, such as {@code "same
   *     instruction"}
   * @param detail what a person needs to understand this one; may be empty
   */
  static <T> Outcome<T> dropped(String reason, String detail) {
    return new Dropped<>(reason, detail);
  }

  /** Returns the result of the function that applies. */
  <R> R fold(Function<T, R> kept, Function<Dropped<T>, R> dropped);

  /** Returns the result, if there is one. */
  default Optional<T> value() {
    return fold(Optional::of, dropped -> Optional.empty());
  }

  /** A result. */
  record Kept<T>(T result) implements Outcome<T> {
    public Kept {
      requireNonNull(result, "result");
    }

    @Override
    public <R> R fold(Function<T, R> kept, Function<Dropped<T>, R> dropped) {
      return kept.apply(result);
    }
  }

  /** No result. */
  record Dropped<T>(String reason, String detail) implements Outcome<T> {
    public Dropped {
      Checks.notBlank("reason", requireNonNull(reason, "reason"));
      requireNonNull(detail, "detail");
    }

    @Override
    public <R> R fold(Function<T, R> kept, Function<Dropped<T>, R> dropped) {
      return dropped.apply(this);
    }
  }
}
