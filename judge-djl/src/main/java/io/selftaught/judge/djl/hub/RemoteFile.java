package io.selftaught.judge.djl.hub;

import io.selftaught.judge.ModelException;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a hub says of a file before it is fetched.
 *
 * @param commit the commit that the revision stands for, 40 hexadecimal digits
 * @param checksum what the content hashes to; also the name of the content in the cache
 * @param size in bytes, if the hub says
 */
record RemoteFile(String commit, Checksum checksum, OptionalLong size) {

  static final String COMMIT = "X-Repo-Commit";
  private static final Pattern COMMIT_HASH = Pattern.compile("[0-9a-f]{40}");

  static boolean isCommit(String text) {
    return COMMIT_HASH.matcher(text).matches();
  }

  /**
   * Reads the head of an answer; for large files that is a redirect, whose own headers tell of what
   * it leads to.
   *
   * @throws ModelException if it lacks what every hub sends
   */
  static RemoteFile of(String what, HttpHeaders headers, boolean redirect) {
    String commit = headers.firstValue(COMMIT).orElse("");
    Optional<String> etag =
        headers.firstValue("X-Linked-Etag").or(() -> headers.firstValue("ETag"));
    if (!isCommit(commit) || etag.isEmpty()) {
      throw new ModelException(
          "%s: the answer lacks %s, so it is not from a hub; check HF_ENDPOINT and the proxy"
              .formatted(what, etag.isEmpty() ? "ETag" : COMMIT));
    }
    Optional<String> size = headers.firstValue("X-Linked-Size");
    if (size.isEmpty() && !redirect) {
      size = headers.firstValue("Content-Length");
    }
    return new RemoteFile(commit, Checksum.ofEtag(what, etag.get()), number(what, size));
  }

  private static OptionalLong number(String what, Optional<String> size) {
    if (size.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!size.get().matches("\\d{1,18}")) {
      throw new ModelException("%s: the hub says it has %s bytes".formatted(what, size.get()));
    }
    return OptionalLong.of(Long.parseLong(size.get()));
  }
}
