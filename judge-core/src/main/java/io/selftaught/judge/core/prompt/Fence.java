package io.selftaught.judge.core.prompt;

import com.google.common.hash.Hashing;
import io.selftaught.judge.Comparison;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Makes the characters that tell the markers around an answer from any text in it.
 *
 * <p>They are a hash of all that is enclosed and never stand in it, in no case: who writes an
 * answer has to know the other one to guess them, and then can't use them, since what he writes
 * changes them. Random characters could do no more, and would make every prompt another one, so
 * that no answer of a model could be recorded and found again. The order of the answers does not
 * change them.
 */
public final class Fence {

  private static final int LENGTH = 8;

  private Fence() {}

  /** Returns the characters for the markers around what is shown. */
  public static String around(Comparison shown) {
    return around(shown, "");
  }

  /** Returns the characters for the markers around what is shown, and a text beside it. */
  static String around(Comparison shown, String more) {
    boolean sorted = shown.a().compareTo(shown.b()) <= 0;
    String enclosed =
        String.join(
            "\0",
            shown.prompt(),
            sorted ? shown.a() : shown.b(),
            sorted ? shown.b() : shown.a(),
            shown.reference().orElse("") + more);
    String lowerCase = enclosed.toLowerCase(Locale.ROOT);
    String fence;
    int salt = 0;
    do {
      fence =
          Hashing.sha256()
              .hashString(salt + "\0" + enclosed, StandardCharsets.UTF_8)
              .toString()
              .substring(0, LENGTH);
      salt++;
    } while (lowerCase.contains(fence));
    return fence;
  }
}
