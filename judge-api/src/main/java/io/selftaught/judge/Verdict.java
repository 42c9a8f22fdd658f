package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a judge concluded: a preference, or the reason why there is none.
 *
 * <p>A failure is never a preference: whoever counts verdicts has to say, through {@link #fold},
 * what becomes of the undecided ones.
 */
public sealed interface Verdict {

  /** Returns the verdict that prefers as given. */
  static Verdict decided(Preference preference) {
    return new Decided(preference);
  }

  /** Returns the verdict that there is no preference, because of {@code cause}. */
  static Verdict undecided(Cause cause) {
    return new Undecided(cause);
  }

  /** Returns the result of the function that applies. */
  <T> T fold(Function<Preference, T> decided, Function<Cause, T> undecided);

  /** Returns the preference, if this verdict has one. */
  default Optional<Preference> preference() {
    return fold(Optional::of, cause -> Optional.empty());
  }

  /** Returns the cause of indecision, if this verdict has no preference. */
  default Optional<Cause> cause() {
    return fold(preference -> Optional.empty(), Optional::of);
  }

  /** Returns the same verdict after the two answers have changed places. */
  default Verdict swapped() {
    return fold(preference -> decided(preference.swapped()), Verdict::undecided);
  }

  /** The judge prefers one answer, or holds them equal. */
  record Decided(Preference preferred) implements Verdict {
    public Decided {
      requireNonNull(preferred, "preferred");
    }

    @Override
    public <T> T fold(Function<Preference, T> decided, Function<Cause, T> undecided) {
      return decided.apply(preferred);
    }

    @Override
    public String toString() {
      return preferred.name();
    }
  }

  /** There is no preference to report. */
  record Undecided(Cause reason) implements Verdict {
    public Undecided {
      requireNonNull(reason, "reason");
    }

    @Override
    public <T> T fold(Function<Preference, T> decided, Function<Cause, T> undecided) {
      return undecided.apply(reason);
    }

    @Override
    public String toString() {
      return reason.name();
    }
  }

  /** Why a judge did not decide. */
  enum Cause {
    /** The verdict changed with the order in which the answers were shown, or votes were split. */
    INCONSISTENT,
    /** The judge is less sure than it has to be to decide. */
    UNSURE,
    /** One judgment names both answers as the better one. */
    CONFLICT,
    /** The judgment holds no verdict that can be read. */
    UNPARSABLE,
    /** The judgment ended at the token limit before its verdict. */
    TRUNCATED,
    /** The model refused to judge. */
    REFUSED,
    /** The model could not be asked: an error, a time-out, a prompt beyond the context. */
    FAILED
  }
}
