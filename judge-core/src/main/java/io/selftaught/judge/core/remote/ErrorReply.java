package io.selftaught.judge.core.remote;

import io.selftaught.judge.ContextLengthException;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.core.data.JsonRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a server says instead of an answer, in any of the shapes in use. */
final class ErrorReply {

  private static final int MAX_MESSAGE = 500;
  private static final int MAX_COMPLAINT = 10_000;

  /** What may have gone by the next try: too slow, too early, too many. */
  private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429);

  private final int status;
  private final Optional<JsonRecord> error;
  private final String message;

  private ErrorReply(int status, Optional<JsonRecord> error, String message) {
    this.status = status;
    this.error = error;
    this.message = message;
  }

  static ErrorReply of(int status, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    Optional<JsonRecord> json = parse(text);
    Optional<JsonRecord> error = json.flatMap(j -> nested(j, "error")).or(() -> json);
    String message =
        error
            .flatMap(e -> firstText(e, "message", "detail", "error"))
            .orElse(text)
            .replaceAll("\\s+", " ")
            .strip();
    return new ErrorReply(status, error, message);
  }

  /**
   * Returns the exception that this reply calls for.
   *
   * @param secret what must not be repeated from the message
   */
  RuntimeException toException(Optional<Duration> retryAfter, Optional<String> secret) {
    Optional<ContextLengthException> overflow = ContextOverflow.recognise(error, message);
    if (overflow.isPresent()) {
      return overflow.get();
    }
    String said = "HTTP " + status + suffix(secret);
    if (isOutOfMoney()) {
      return new ModelException("The server refused: " + said);
    } else if (TRANSIENT.contains(status) || status >= 500) {
      return new TransientFailure(said, retryAfter);
    } else if (status >= 400) {
      return rejected("The server did not accept the request: " + said, secret);
    }
    return new InvalidInputException(
        "The server did not answer but sent " + said + "; check the base URL");
  }

  private RejectedRequest rejected(String said, Optional<String> secret) {
    String code = error.flatMap(e -> firstText(e, "code")).orElse("");
    Optional<String> field = error.flatMap(e -> firstText(e, "param"));
    return new RejectedRequest(
        said, field, shortened(without(secret, code + " " + message), MAX_COMPLAINT));
  }

  private static String shortened(String text, int length) {
    return text.length() > length ? text.substring(0, length) + "…" : text;
  }

  private static String without(Optional<String> secret, String text) {
    return secret.map(s -> text.replace(s, "***")).orElse(text);
  }

  private String suffix(Optional<String> secret) {
    String text = without(secret, message);
    String cut = shortened(text, MAX_MESSAGE);
    return cut.isEmpty() ? "" : ": " + cut;
  }

  /** Waiting does not fill an account, though the status is that of a rate limit. */
  private boolean isOutOfMoney() {
    return error
        .flatMap(e -> firstText(e, "code", "type"))
        .filter("insufficient_quota"::equals)
        .isPresent();
  }

  private static Optional<JsonRecord> parse(String text) {
    try {
      return Optional.of(JsonRecord.parse(text));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  private static Optional<JsonRecord> nested(JsonRecord json, String name) {
    try {
      return json.has(name) ? Optional.of(json.record(name)) : Optional.empty();
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> firstText(JsonRecord json, String... names) {
    for (String name : List.of(names)) {
      try {
        if (json.has(name)) {
          return Optional.of(json.text(name));
        }
      } catch (InvalidInputException e) {
        // A field of this name that is no text says nothing here; the next one may.
      }
    }
    return Optional.empty();
  }
}
