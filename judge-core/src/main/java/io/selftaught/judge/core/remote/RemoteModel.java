package io.selftaught.judge.core.remote;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.AdaptableModel;
import io.selftaught.judge.Adapter;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.Usage;
import io.selftaught.judge.core.data.JsonRecord;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A model behind an OpenAI-compatible server, by its chat completions.
 *
 * <pre>{@code
 * LanguageModel model =
 *     RemoteModel.builder(URI.create("http://localhost:8000/v1"), "my-model").build();
 * }</pre>
 *
 * <p>What may have gone by the next try (no connection, no answer in time, statuses 408, 425, 429
 * and from 500) is tried again, after the time that the server asks for or with exponential
 * back-off. Then, and for answers that make no sense, there is a {@link ModelException}; for a
 * request that the server does not accept an {@link InvalidInputException} with its words.
 *
 * <ul>
 *   <li>At temperature 0 one sample is drawn and given as often as asked for.
 *   <li>A server that gives fewer samples than asked for, or takes no such request, is asked again,
 *       one request after the other, with seeds that follow from the seed and the index of the
 *       sample. How well a seed is kept to is the server's affair.
 *   <li>A server counts tokens by the request. Those written for several samples of one request
 *       count with the first of them; those read count with the first sample of all.
 *   <li>The model's own last message is continued where {@link Server} says so. Where a server
 *       gives that message back before what is new, as llama.cpp's does of late, it is cut off.
 *   <li>{@link GenerationConfig#choices} are forced where {@link Server} says so. Anything else
 *       that a server writes is a {@link ModelException} that tells it, unless it is unmistakably a
 *       choice, such as "Verdict: A." or "[[A]]" for "A]]" after "Verdict: [[".
 *   <li>A field that a server refuses by name is not sent again: {@code temperature}, {@code
 *       top_p}, {@code n}, {@code seed}, {@code logprobs}; {@code max_tokens} is then called {@code
 *       max_completion_tokens}. That is logged once, at INFO. Without temperature, {@code top_p} or
 *       seed the server draws as it likes, and not the same again.
 *   <li>Where a server gives no log-probabilities, {@link Generation#tokens} is empty.
 *   <li>Some servers, such as Ollama, cut a prompt that is too long and don't say so.
 * </ul>
 *
 * <p>Safe for use by many threads. Nothing of prompts, answers and keys is ever logged. Closing
 * hangs up on calls that are under way; they fail like later ones.
 */
public final class RemoteModel implements AdaptableModel {

  private final Builder settings;
  private final ChatClient client;
  private final Duration deadline;
  private final String name;

  private RemoteModel(Builder builder) {
    settings = builder;
    client = new ChatClient(builder);
    deadline = builder.deadline;
    String extra = builder.extraBody.names().isEmpty() ? "" : " with " + builder.extraBody;
    String revision = builder.revision.map(r -> " revision " + r).orElse("");
    name =
        builder.model + revision + " at " + builder.baseUrl + extra + builder.chatTokens.suffix();
  }

  /**
   * Returns a builder with the defaults.
   *
   * @param baseUrl where {@code chat/completions} is, such as {@code http://localhost:8000/v1}
   * @param model the name by which the server knows the model
   * @throws IllegalArgumentException if {@code baseUrl} is not an absolute HTTP or HTTPS URL, or
   *     has more than host, port and path; if {@code model} is blank
   */
  public static Builder builder(URI baseUrl, String model) {
    return new Builder(baseUrl, model);
  }

  @Override
  public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
    ChatRequest request =
        new ChatRequest(settings.chatTokens.breakUp(messages), requireNonNull(config, "config"));
    if (request.messages().isEmpty()) {
      throw new IllegalArgumentException("messages must not be empty");
    }
    boolean greedy = config.temperature() == 0;
    List<Generation> drawn =
        client.draw(request, greedy ? 1 : config.samples(), Deadline.in(deadline)).stream()
            .map(request::withoutEcho)
            .map(request.choices()::hold)
            .toList();
    return greedy ? repeated(drawn.get(0), config.samples()) : drawn;
  }

  private static List<Generation> repeated(Generation sample, int count) {
    List<Generation> samples = new ArrayList<>(List.of(sample));
    Usage usage = sample.usage().equals(Usage.UNKNOWN) ? Usage.UNKNOWN : Usage.NONE;
    while (samples.size() < count) {
      samples.add(new Generation(sample.text(), sample.finishReason(), usage, sample.tokens()));
    }
    return List.copyOf(samples);
  }

  /**
   * Returns this model with an adapter on it, which a server of vLLM loads while it runs. It must
   * see the adapter's directory under the same path, and be started with {@code
   * VLLM_ALLOW_RUNTIME_LORA_UPDATING=True} and {@code --enable-lora}. The models share nothing here
   * and are closed in any order; the server keeps the adapter.
   *
   * @throws InvalidInputException if the adapter's files cannot be read, the server is of another
   *     kind, or refuses the adapter
   */
  @Override
  public RemoteModel withAdapter(Adapter adapter) {
    String adapted = settings.model + "+adapter@" + AdapterFiles.fingerprint(adapter);
    String directory = adapter.directory().toAbsolutePath().normalize().toString();
    client.loadAdapter(adapted, directory, Deadline.in(deadline));
    return new RemoteModel(settings.forModel(adapted));
  }

  /**
   * Returns the name of the model, its revision if one is set, where it is, and what else is in its
   * requests: extra fields, and chat tokens other than the common ones.
   */
  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return "RemoteModel[" + name + "]";
  }

  /** Collects settings; not safe for use by several threads. */
  public static final class Builder {
    private static final Pattern LOOPBACK =
        Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

    final URI baseUrl;
    final String model;
    Optional<Supplier<String>> apiKey = Optional.empty();
    Optional<Server> server = Optional.empty();
    Optional<Duration> interval = Optional.empty();
    boolean insecureKey;
    Optional<String> revision = Optional.empty();
    JsonRecord extraBody = JsonRecord.builder().build();
    ChatTokens chatTokens = new ChatTokens(ChatTokens.COMMON);
    Duration connectTimeout = Duration.ofSeconds(10);
    Duration requestTimeout = Duration.ofMinutes(2);
    Duration deadline = Duration.ofMinutes(10);
    Duration backoff = Duration.ofMillis(500);
    int maxRetries = 4;
    int maxConcurrency = 32;
    int maxResponseBytes = 16 << 20;
    boolean streaming;
    long seed;

    private Builder(URI baseUrl, String model) {
      this.baseUrl = checkUrl(baseUrl);
      if (this.baseUrl.getHost().equals("api.openai.com")) {
        server = Optional.of(Server.OPENAI);
      }
      this.model = model;
      check(!model.isBlank(), "model", "be blank", model);
    }

    /**
     * Sets where the bearer token comes from; without it none is sent. It is asked for with every
     * request and kept nowhere.
     */
    public Builder apiKey(Supplier<String> apiKey) {
      this.apiKey = Optional.of(requireNonNull(apiKey, "apiKey"));
      return this;
    }

    /**
     * Takes the bearer token from an environment variable.
     *
     * @throws InvalidInputException if there is no such variable
     */
    public Builder apiKeyFromEnvironment(String variable) {
      String key = System.getenv(requireNonNull(variable, "variable"));
      if (key == null) {
        throw new InvalidInputException(
            "The environment variable " + variable + " for the API key is not set");
      }
      return apiKey(() -> key);
    }

    /**
     * Sends the bearer token over plain HTTP too, where everybody on the way can read it; by
     * default only to this machine. Made for networks that are trusted.
     */
    public Builder allowInsecureKey() {
      insecureKey = true;
      return this;
    }

    /**
     * Tells which weights the server has under the name of the model; part of {@link
     * RemoteModel#name}. Set another one when they change under the same name, or a cache goes on
     * answering for the old ones: a server does not say.
     *
     * @param revision a date, a commit, a version: anything that is another one for other weights
     * @throws IllegalArgumentException if it is blank
     */
    public Builder revision(String revision) {
      check(!revision.isBlank(), "revision", "be blank", revision);
      this.revision = Optional.of(revision);
      return this;
    }

    /** Sets the kind of server; by default it is asked what it is when that first matters. */
    public Builder server(Server server) {
      this.server = Optional.of(server);
      return this;
    }

    /**
     * Adds fields to every request, such as {@code top_k} or {@code min_p}.
     *
     * @throws IllegalArgumentException if a field is one that the settings of a call decide on
     */
    public Builder extraBody(JsonRecord fields) {
      for (String field : fields.names()) {
        check(!ChatRequest.OWN_FIELDS.contains(field), "extraBody", "set", field);
      }
      extraBody = fields;
      return this;
    }

    /**
     * Sets the tokens by which the model tells turns apart, such as {@code <|im_end|>}. A server
     * reads them as control wherever they are written, so in messages of the user, and with them in
     * answers that are judged, a zero-width space behind their first character makes ordinary text
     * of them. By default they are those of ChatML, Llama, Mistral, Gemma, Phi, DeepSeek, Granite
     * and gpt-oss; others are part of the name of the model.
     *
     * @param tokens empty to leave all messages as they are
     * @throws IllegalArgumentException if a token has fewer than two characters
     */
    public Builder chatTokens(Set<String> tokens) {
      chatTokens = new ChatTokens(tokens);
      return this;
    }

    /** Limits how long a connection may take; 10 s by default. */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = positive("connectTimeout", connectTimeout);
      return this;
    }

    /**
     * Limits how long one try may take, up to the end of the answer; with {@link #streaming}, how
     * long the server may send nothing. 2 min by default.
     */
    public Builder requestTimeout(Duration requestTimeout) {
      this.requestTimeout = positive("requestTimeout", requestTimeout);
      return this;
    }

    /** Limits how long a call may take with all its tries and waits; 10 min by default. */
    public Builder deadline(Duration deadline) {
      this.deadline = positive("deadline", deadline);
      return this;
    }

    /** Sets how often a failed request is tried again, 0 or more; 4 by default. */
    public Builder maxRetries(int maxRetries) {
      check(maxRetries >= 0, "maxRetries", "be negative", maxRetries);
      this.maxRetries = maxRetries;
      return this;
    }

    /**
     * Sets the wait before the second try, which doubles from try to try up to 30 s; 0.5 s by
     * default. A random part of up to one half is taken off.
     */
    public Builder backoff(Duration backoff) {
      this.backoff = positive("backoff", backoff);
      return this;
    }

    /** Sets the seed of the random part of the waits; 0 by default. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Limits the requests under way at once, 1 or more; 32 by default. The others wait. */
    public Builder maxConcurrency(int maxConcurrency) {
      check(maxConcurrency >= 1, "maxConcurrency", "be below 1", maxConcurrency);
      this.maxConcurrency = maxConcurrency;
      return this;
    }

    /** Spreads requests so that at most so many begin in a period; by default there is no limit. */
    public Builder rateLimit(int requests, Duration period) {
      check(requests >= 1, "requests", "be below 1", requests);
      interval = Optional.of(positive("period", period).dividedBy(requests));
      return this;
    }

    /** Limits the length of an answer, in bytes, 1 or more; 16 MiB by default. */
    public Builder maxResponseBytes(int maxResponseBytes) {
      check(maxResponseBytes >= 1, "maxResponseBytes", "be below 1", maxResponseBytes);
      this.maxResponseBytes = maxResponseBytes;
      return this;
    }

    /**
     * Sets whether answers come word by word, which they don't by default. The generations are the
     * same; but nobody between here and the server takes a long answer for a dead connection, a
     * server that has stopped is noticed early, and one that is hung up on stops writing. A stream
     * without its end, with an error in it or with a broken event is a failed try.
     */
    public Builder streaming(boolean streaming) {
      this.streaming = streaming;
      return this;
    }

    /**
     * Returns the model. The server is not asked for anything yet.
     *
     * @throws InvalidInputException if a bearer token would go over plain HTTP to another machine
     */
    public RemoteModel build() {
      if (apiKey.isPresent() && !insecureKey && !isSecure(baseUrl)) {
        throw new InvalidInputException(
            "The API key would go to %s over plain HTTP, where everybody on the way can read it: take https://, send no key (Models.load sends that of JUDGE_API_KEY), or use allowInsecureKey() of RemoteModel.Builder in a network that you trust"
                .formatted(baseUrl.getHost()));
      }
      return new RemoteModel(forModel(model));
    }

    /** Returns a copy for another model of the server. */
    private Builder forModel(String name) {
      Builder copy = new Builder(baseUrl, name);
      copy.apiKey = apiKey;
      copy.server = server;
      copy.interval = interval;
      copy.insecureKey = insecureKey;
      copy.revision = revision;
      copy.extraBody = extraBody;
      copy.chatTokens = chatTokens;
      copy.connectTimeout = connectTimeout;
      copy.requestTimeout = requestTimeout;
      copy.deadline = deadline;
      copy.backoff = backoff;
      copy.maxRetries = maxRetries;
      copy.maxConcurrency = maxConcurrency;
      copy.maxResponseBytes = maxResponseBytes;
      copy.streaming = streaming;
      copy.seed = seed;
      return copy;
    }

    private static URI checkUrl(URI url) {
      boolean http =
          "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
      boolean plain =
          url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
      if (!http || url.getHost() == null || !plain) {
        // The URL is not repeated: it may hold a password.
        throw new IllegalArgumentException(
            "baseUrl must be http:// or https:// with host, port and path only");
      }
      String text = url.toString();
      return text.endsWith("/") ? URI.create(text.replaceAll("/+$", "")) : url;
    }

    /** Names are not looked up: the machine that answers later may be another one. */
    private static boolean isSecure(URI url) {
      return "https".equalsIgnoreCase(url.getScheme()) || LOOPBACK.matcher(url.getHost()).matches();
    }

    private static Duration positive(String name, Duration value) {
      check(!value.isNegative() && !value.isZero(), name, "be zero or negative", value);
      return value;
    }

    private static void check(boolean good, String name, String rule, Object value) {
      if (!good) {
        throw new IllegalArgumentException(name + " must not " + rule + ", was " + value);
      }
    }
  }
}
