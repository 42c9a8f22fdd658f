package io.selftaught.judge.djl.hub;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.selftaught.judge.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a hub calls the content of a file: SHA-256 of large files, and of others the SHA-1 that git
 * gives them. Mirrors may send names of their own; of these nothing can be checked.
 *
 * @param etag the name, which also names the content in the cache
 */
record Checksum(String etag) {

  private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,127}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern GIT = Pattern.compile("[0-9a-f]{40}");

  /**
   * Reads an ETag header.
   *
   * @throws ModelException if it cannot be the name of a file
   */
  static Checksum ofEtag(String what, String header) {
    String etag = header.replaceFirst("^W/", "").replaceAll("^\"|\"$", "");
    if (!SAFE_NAME.matcher(etag).matches()) {
      throw new ModelException(
          "%s: the ETag %s is none that a hub gives; check HF_ENDPOINT".formatted(what, header));
    }
    return new Checksum(etag);
  }

  boolean canBeChecked() {
    return SHA256.matcher(etag).matches() || GIT.matcher(etag).matches();
  }

  /** Returns whether a file has this content; true if that cannot be told. */
  @SuppressWarnings(
      "deprecation") // SHA-1 is what git uses; whoever can forge it is the hub itself.
  boolean fits(Path file) throws IOException {
    if (!canBeChecked()) {
      return true;
    }
    if (SHA256.matcher(etag).matches()) {
      return etag.equals(hash(Hashing.sha256(), "", file));
    }
    return etag.equals(hash(Hashing.sha1(), "blob " + Files.size(file) + "\0", file));
  }

  private static String hash(HashFunction function, String head, Path file) throws IOException {
    Hasher hasher = function.newHasher().putString(head, StandardCharsets.US_ASCII);
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        hasher.putBytes(buffer, 0, n);
      }
    }
    return hasher.hash().toString();
  }
}
