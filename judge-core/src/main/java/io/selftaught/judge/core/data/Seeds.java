package io.selftaught.judge.core.data;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * Seeds that follow from a seed and names, so that the chance in one record depends on no other
 * record, on no order and on no thread.
 */
public final class Seeds {

  private Seeds() {}

  /**
   * Returns the seed of what {@code path} names, such as a stage and a record id, within a run of
   * the given seed: the first 64 bits of the SHA-256 of all of them.
   */
  public static long of(long seed, String... path) {
    Hasher hasher = Hashing.sha256().newHasher().putLong(seed);
    for (String name : path) {
      // The length keeps ("ab", "c") and ("a", "bc") apart.
      hasher.putInt(name.length()).putString(name, StandardCharsets.UTF_8);
    }
    return hasher.hash().asLong();
  }
}
