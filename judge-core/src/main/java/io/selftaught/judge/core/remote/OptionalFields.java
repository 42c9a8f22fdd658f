package io.selftaught.judge.core.remote;

import io.selftaught.judge.core.data.JsonRecord;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fields that a request can do without, and which of them a server has refused.
 *
 * <p>No list says what a model behind a server takes: OpenAI's reasoning models refuse {@code
 * temperature}, others {@code seed}, {@code logprobs} or {@code n}. So all are sent until the
 * server complains of one by name, and that one never again. Safe for use by several threads.
 */
final class OptionalFields {

  static final String TOKEN_LIMIT = "max_tokens";
  static final String LOG_PROBABILITIES = "logprobs";
  static final String ALTERNATIVES = "top_logprobs";

  private static final System.Logger LOG = System.getLogger(OptionalFields.class.getName());

  /** Worth giving up as soon as they are named: nothing but probabilities is lost. */
  private static final Set<String> ADDITIONS =
      Set.of("stream_options", LOG_PROBABILITIES, ALTERNATIVES);

  /** In the order in which they are given up where a complaint names several. */
  private static final List<String> NAMES =
      List.of(
          "stream_options",
          ALTERNATIVES,
          LOG_PROBABILITIES,
          TOKEN_LIMIT,
          "top_p",
          "n",
          "seed",
          "temperature");

  private final String model;
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  OptionalFields(String model) {
    this.model = model;
  }

  /** Returns whether the server may be sent the field. */
  boolean has(String name) {
    return !refused.contains(name);
  }

  /** Returns what the limit on tokens is called; it has a second name and is never left out. */
  String tokenLimit(Server server) {
    return has(TOKEN_LIMIT) ? server.maxTokensField() : Server.OPENAI.maxTokensField();
  }

  /**
   * Gives up the field that a complaint is about, if it is one of these and was sent.
   *
   * @return whether the request is another one now, and worth another try
   */
  boolean giveUp(RejectedRequest complaint, JsonRecord sent) {
    Optional<String> field =
        NAMES.stream()
            .filter(sent::has)
            .filter(complaint::names)
            .filter(name -> ADDITIONS.contains(name) || complaint.isOfAnUnknownField())
            .findFirst();
    field
        .filter(refused::add)
        .ifPresent(
            name ->
                LOG.log(
                    Level.INFO,
                    "The server of {0} does not take {1}, which is not sent from now on",
                    model,
                    name));
    return field.isPresent();
  }
}
