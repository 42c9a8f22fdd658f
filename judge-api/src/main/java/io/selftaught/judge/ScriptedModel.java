package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.Generation.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A language model for tests that writes what its script says: no weights, no waiting, the same
 * every time.
 *
 * <pre>{@code
 * Judge judge = Judges.prompted(ScriptedModel.saying("A is right. [[A]]"));
 * }</pre>
 *
 * <p>Its tokens are words, each of the probability 1/2. It keeps to every setting of a {@link
 * GenerationConfig}: limited to choices, it writes its reply if that is one, else a choice that
 * follows from the reply. It remembers all that it wrote. Safe for use by many threads if its
 * script is.
 */
public final class ScriptedModel implements LanguageModel {

  /** The words that the context holds. */
  public static final int CONTEXT_TOKENS = 20_000;

  private final Script script;
  private final List<String> written = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private ScriptedModel(Script script) {
    this.script = script;
  }

  /** What the model writes; must give the same text for the same arguments. */
  @FunctionalInterface
  public interface Script {
    /** Returns the reply to a conversation; {@code seed} belongs to one sample. */
    String reply(List<ChatMessage> messages, long seed);
  }

  /** Returns a model that follows a script. */
  public static ScriptedModel of(Script script) {
    return new ScriptedModel(requireNonNull(script, "script"));
  }

  /** Returns a model that always writes the same. */
  public static ScriptedModel saying(String reply) {
    return of((messages, seed) -> reply);
  }

  /** Returns a model that rambles: words that depend on the conversation and the seed only. */
  public static ScriptedModel rambling() {
    return of(
        (messages, seed) ->
            "w%08x x%08x y%08x and so on"
                .formatted(messages.hashCode(), Objects.hash(messages, seed), Long.hashCode(seed)));
  }

  /** Returns a model whose every call fails with {@link ModelException}. */
  public static ScriptedModel failing() {
    return of(
        (messages, seed) -> {
          throw new ModelException("out of order");
        });
  }

  /** Returns every text that this model wrote, as it was returned. */
  public List<String> written() {
    return List.copyOf(written);
  }

  /** Returns whether somebody closed this model. */
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
    if (closed.get()) {
      throw new IllegalStateException("The model is closed");
    }
    List<ChatMessage> conversation = Checks.notEmpty("messages", messages);
    int promptTokens = conversation.stream().mapToInt(m -> words(m.content()).size()).sum();
    if (promptTokens >= CONTEXT_TOKENS) {
      throw new ContextLengthException(promptTokens, CONTEXT_TOKENS);
    }
    return IntStream.range(0, config.samples())
        .mapToObj(i -> sample(conversation, config, i, i == 0 ? promptTokens : 0))
        .toList();
  }

  private Generation sample(
      List<ChatMessage> messages, GenerationConfig config, int i, int promptTokens) {
    long seed = config.temperature() == 0 ? 0 : 31 * config.seed() + i;
    String text = script.reply(messages, seed);
    if (!config.choices().isEmpty() && !config.choices().contains(text)) {
      text = config.choices().get(Math.floorMod(text.hashCode(), config.choices().size()));
    }
    List<String> words = words(text);
    boolean cut = words.size() > config.maxTokens();
    if (cut) {
      words = words.subList(0, config.maxTokens());
      text = String.join("", words);
    }
    String end = text;
    boolean stopped = config.stop().stream().anyMatch(end::contains);
    for (String stop : config.stop()) {
      int at = text.indexOf(stop);
      text = at < 0 ? text : text.substring(0, at);
    }
    written.add(text);
    return new Generation(
        text,
        cut && !stopped ? FinishReason.LENGTH : FinishReason.STOP,
        Usage.of(promptTokens, words.size()),
        config.logProbabilities() ? tokens(words, config.choices()) : List.of());
  }

  /** Every word has the probability 1/2; the beginnings of the choices are equally likely. */
  private static List<Token> tokens(List<String> words, List<String> choices) {
    Map<String, Double> first = new HashMap<>();
    choices.forEach(choice -> first.put(words(choice).get(0), -Math.log(2)));
    List<Token> tokens = new ArrayList<>();
    for (String word : words) {
      tokens.add(new Token(word, -Math.log(2), tokens.isEmpty() ? first : Map.of()));
    }
    return tokens;
  }

  private static List<String> words(String text) {
    return new ArrayList<>(
        text.isEmpty() ? List.of() : Arrays.asList(text.split("(?<=\\s)(?=\\S)")));
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public void close() {
    closed.set(true);
  }

  /** Returns a conversation that the context does not hold. */
  public static List<ChatMessage> tooLong() {
    return List.of(
        ChatMessage.user(
            String.join(" ", Stream.generate(() -> "word").limit(CONTEXT_TOKENS).toList())));
  }
}
