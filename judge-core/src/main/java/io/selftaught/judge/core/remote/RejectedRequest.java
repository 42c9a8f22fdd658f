package io.selftaught.judge.core.remote;

import io.selftaught.judge.InvalidInputException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request that the server did not accept for what is in it. */
final class RejectedRequest extends InvalidInputException {

  private static final long serialVersionUID = 1L;

  /** What is said of a field itself, and not of a value that is out of range. */
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "unsupported|not support|unrecogni[sz]ed|unknown|unexpected|not permitted|not allowed"
              + "|not available|deprecated|only 1 |only the default|cannot both",
          Pattern.CASE_INSENSITIVE);

  private final @Nullable String field;
  private final String complaint;

  /**
   * Creates the exception.
   *
   * @param field the field at fault, if the server names it in a place of its own
   * @param complaint all that the server says
   */
  RejectedRequest(String message, Optional<String> field, String complaint) {
    super(message);
    this.field = field.orElse(null);
    this.complaint = complaint;
  }

  /** Returns whether it was for this field, in the words that the server has for it. */
  boolean names(String name) {
    return field == null ? mentions(name) : field.equals(name);
  }

  /** Returns whether the server does not know a field, or takes nothing but its default. */
  boolean isOfAnUnknownField() {
    return UNKNOWN.matcher(complaint).find();
  }

  /** A name of one letter must be quoted, to be no part of a sentence. */
  private boolean mentions(String name) {
    String quoted = Pattern.quote(name);
    String pattern =
        name.length() == 1
            ? "['\"`]" + quoted + "['\"`]"
            : "(?<![A-Za-z0-9_])" + quoted + "(?![A-Za-z0-9_])";
    return Pattern.compile(pattern).matcher(complaint).find();
  }
}
