package io.selftaught.judge.core;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.selftaught.judge.Instruction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** What a run depends on, in words that are the same whenever the same is meant. */
final class Manifest {

  private Manifest() {}

  /** Returns the version of this library. */
  static String libraryVersion() {
    try (InputStream in = Manifest.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns how a part of the loop describes itself. One that does not, such as a lambda, is known
   * by the class it stands in: its settings can't be compared.
   */
  static String describe(Object part) {
    return describe(part, part.toString());
  }

  /** Returns {@code text} unless it is only the identity that Java gives to {@code part}. */
  static String describe(Object part, String text) {
    String type = part.getClass().getName();
    return text.startsWith(type + "@") ? type.replaceFirst("\\$\\$Lambda.*", "") : text;
  }

  /** Returns the SHA-256, in hexadecimal, of texts in their order. */
  static String hash(Collection<String> texts) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (String text : texts) {
      hasher.putInt(text.length()).putString(text, StandardCharsets.UTF_8);
    }
    return hasher.hash().toString();
  }

  static void checkIds(List<Instruction> pool) {
    Set<String> ids = new HashSet<>();
    for (Instruction instruction : pool) {
      if (!ids.add(instruction.id())) {
        throw new IllegalArgumentException(
            "pool must have distinct ids, has \"" + instruction.id() + "\" twice");
      }
    }
  }
}
