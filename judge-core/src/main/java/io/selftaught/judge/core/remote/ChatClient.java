package io.selftaught.judge.core.remote;

import io.selftaught.judge.ContextLengthException;
import io.selftaught.judge.Generation;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Usage;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Draws samples: as many in one request as the server is willing to give, and more requests until
 * all are there, each with the seed of its first sample.
 */
final class ChatClient implements AutoCloseable {

  private final Endpoint endpoint;
  private final Retries retries;
  private final Limits limits;
  private final JsonRecord fixedFields;
  private final boolean streaming;

  /** Learned from its complaints. */
  private final OptionalFields optionalFields;

  /** The most samples that the server has shown to give at once; learned from its answers. */
  private final AtomicInteger mostAtOnce = new AtomicInteger(Integer.MAX_VALUE);

  private volatile @Nullable Server server;

  ChatClient(RemoteModel.Builder settings) {
    endpoint = new Endpoint(settings);
    retries = new Retries(settings.maxRetries, settings.backoff, settings.seed);
    limits = new Limits(settings.maxConcurrency, settings.interval);
    fixedFields =
        JsonRecord.builder().put("model", settings.model).putAll(settings.extraBody).build();
    streaming = settings.streaming;
    optionalFields = new OptionalFields(settings.model);
    server = settings.server.orElse(null);
  }

  /** Returns the first {@code count} samples. */
  List<Generation> draw(ChatRequest request, int count, Deadline deadline) {
    endpoint.requireOpen();
    Server kind = server(request, deadline);
    List<ChatReply> replies = new ArrayList<>();
    for (int drawn = 0; drawn < count; ) {
      int wanted = Math.min(count - drawn, mostAtOnce.get());
      ChatReply reply = some(request, kind, drawn, wanted, deadline);
      replies.add(reply);
      drawn += reply.samples().size();
    }
    return withUsage(replies);
  }

  /** Returns at least one sample; if it is fewer than wanted, they are not wanted again. */
  private ChatReply some(
      ChatRequest request, Server kind, int first, int wanted, Deadline deadline) {
    ChatReply reply;
    try {
      reply = send(request, kind, first, wanted, deadline);
    } catch (ContextLengthException e) {
      throw e;
    } catch (InvalidInputException e) {
      if (wanted == 1) {
        throw e;
      }
      // Perhaps it was the number: if the server takes the same for one sample, it was.
      reply = send(request, kind, first, 1, deadline);
    }
    if (reply.samples().size() < wanted) {
      mostAtOnce.accumulateAndGet(reply.samples().size(), Math::min);
    }
    return reply;
  }

  /** Returns the reply to a request without what the server refuses, and learns what that is. */
  private ChatReply send(
      ChatRequest request, Server kind, int first, int wanted, Deadline deadline) {
    while (true) {
      JsonRecord body = body(request.body(kind, optionalFields, first, wanted));
      try {
        JsonRecord answer =
            retries.call(
                deadline,
                () ->
                    limits.hold(deadline, () -> endpoint.post("chat/completions", body, deadline)));
        return ChatReply.of(answer, wanted, request.config().logProbabilities());
      } catch (RejectedRequest e) {
        if (!optionalFields.giveUp(e, body)) {
          throw e;
        }
      }
    }
  }

  private JsonRecord body(JsonRecord fields) {
    JsonRecord.Builder body = JsonRecord.builder().putAll(fixedFields);
    if (streaming) {
      body.put("stream", true);
      if (optionalFields.has("stream_options")) {
        body.put("stream_options", JsonRecord.builder().put("include_usage", true).build());
      }
    }
    return body.putAll(fields).build();
  }

  /**
   * Has the server load an adapter.
   *
   * @param name the name by which it is asked for from now on
   * @throws InvalidInputException if the server is of another kind, or refuses
   */
  void loadAdapter(String name, String directory, Deadline deadline) {
    endpoint.requireOpen();
    if (kind(deadline) != Server.VLLM) {
      throw new InvalidInputException(
          "Only vLLM is known to load adapters while it runs; start the server with the adapter");
    }
    JsonRecord body =
        JsonRecord.builder().put("lora_name", name).put("lora_path", directory).build();
    try {
      retries.call(
          deadline,
          () ->
              limits.hold(
                  deadline,
                  () -> {
                    endpoint.command("load_lora_adapter", body, deadline);
                    return body;
                  }));
    } catch (InvalidInputException e) {
      if (!String.valueOf(e.getMessage()).contains("already been loaded")) {
        throw e;
      }
    }
  }

  private Server server(ChatRequest request, Deadline deadline) {
    Server known = server;
    return known == null && !request.dependsOnServer() ? Server.OTHER : kind(deadline);
  }

  /** Returns the kind of the server, which is asked once, when that first matters. */
  private Server kind(Deadline deadline) {
    Server known = server;
    if (known == null) {
      try {
        known =
            Server.of(
                retries.call(
                    deadline, () -> limits.hold(deadline, () -> endpoint.get("models", deadline))));
      } catch (InvalidInputException e) {
        known = Server.OTHER; // it lists no models, as the known kinds do
      }
      server = known;
    }
    return known;
  }

  /**
   * A server counts a request, not a sample: what was written counts with the first sample of each
   * request, and what was read, also again for further requests, with the first of all.
   */
  private static List<Generation> withUsage(List<ChatReply> replies) {
    Usage read = replies.stream().map(r -> part(r.usage(), true)).reduce(Usage.NONE, Usage::plus);
    List<Generation> samples = new ArrayList<>();
    for (ChatReply reply : replies) {
      Usage next = part(reply.usage(), false);
      for (Generation sample : reply.samples()) {
        Usage usage = samples.isEmpty() ? read.plus(next) : next;
        samples.add(new Generation(sample.text(), sample.finishReason(), usage, sample.tokens()));
        next = reply.usage().equals(Usage.UNKNOWN) ? Usage.UNKNOWN : Usage.NONE;
      }
    }
    return List.copyOf(samples);
  }

  /** Returns only what was read, or only what was written. */
  private static Usage part(Usage usage, boolean read) {
    if (usage.equals(Usage.UNKNOWN)) {
      return usage;
    }
    return read
        ? Usage.of(usage.promptTokens().orElseThrow(), 0)
        : Usage.of(0, usage.completionTokens().orElseThrow());
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
