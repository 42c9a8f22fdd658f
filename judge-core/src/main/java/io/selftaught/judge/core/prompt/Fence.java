package io.selftaught.judge.core.prompt;

import com.google.common.hash.Hashing;
import io.selftaught.judge.Comparison;
import java.nio.charset.StandardCharsets;

/**
 * Makes the characters that tell the markers around an answer from any text in it.
 *
 * <p>They are a hash of all that is enclosed: a writer would have to know both answers to guess
 * them. The order of the answers does not change them, nor does anything else from run to run.
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
    String fence;
    int salt = 0;
    do {
      fence =
          Hashing.sha256()
              .hashString(salt + "\0" + enclosed, StandardCharsets.UTF_8)
              .toString()
              .substring(0, LENGTH);
      salt++;
    } while (enclosed.contains(fence));
    return fence;
  }
}
