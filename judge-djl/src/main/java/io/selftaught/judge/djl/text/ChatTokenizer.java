package io.selftaught.judge.djl.text;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.GgufMetadata;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Turns conversations into token ids and back, as the model's own tokenizer and chat template do.
 * Thread-safe; to be closed when no call is running any more.
 *
 * <p>Special tokens written in a message or a plain text are text: they end no turn, see {@link
 * #encode}. Ids and renders are otherwise those of transformers' {@code apply_chat_template}.
 */
public final class ChatTokenizer implements Closeable {

  private final NativeTokenizer tokenizer;
  private final TokenizerDefinition definition;
  private final ControlText controlText;
  private final ChatTemplate template;
  private final Map<String, Integer> addedIds;
  private final int vocabularySize;
  private final Set<Integer> endOfTurnIds;

  private ChatTokenizer(TokenizerDefinition definition) {
    TokenizerJson json = TokenizerJson.read(definition.json(), definition.origin());
    List<TokenizerJson.AddedToken> added = json.addedTokens();
    this.definition = definition;
    this.addedIds =
        added.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    TokenizerJson.AddedToken::content,
                    TokenizerJson.AddedToken::id,
                    (first, second) -> first));
    this.vocabularySize = json.highestId() + 1;
    this.controlText =
        new ControlText(
            added.stream()
                .filter(TokenizerJson.AddedToken::special)
                .map(TokenizerJson.AddedToken::content)
                .toList());
    this.template =
        new ChatTemplate(
            definition.template(),
            definition.namedTokens(),
            definition.origin(),
            Clock.system(ZoneId.systemDefault()));
    this.endOfTurnIds = endOfTurnIds(definition, added);
    this.tokenizer = NativeTokenizer.load(definition.json(), definition.origin());
  }

  /**
   * Loads the tokenizer of a Hugging Face directory: {@code tokenizer.json}, and as far as present
   * {@code tokenizer_config.json}, {@code chat_template.jinja}, {@code generation_config.json} and
   * {@code config.json}.
   *
   * @throws InvalidInputException if a file is missing or damaged
   */
  public static ChatTokenizer fromDirectory(Path directory) {
    return new ChatTokenizer(DirectoryTokenizer.read(directory));
  }

  /**
   * Builds a tokenizer from the header of a GGUF file.
   *
   * @throws InvalidInputException if the tokenizer is of a kind that is not known or damaged
   */
  public static ChatTokenizer fromGguf(GgufMetadata metadata, Path file) {
    return new ChatTokenizer(GgufTokenizer.read(metadata, file.toString()));
  }

  /**
   * Renders a conversation with the model's template. If the assistant has the last word, its
   * message is left open to be continued; else the start of an answer is added.
   *
   * @throws InvalidInputException if the model has no template, the template refuses the
   *     conversation (some know no system message), or it uses what cannot be rendered
   */
  public String render(List<ChatMessage> messages) {
    return template.render(messages);
  }

  /**
   * Renders and tokenizes a conversation. Nothing is added to what the template wrote, so there is
   * one beginning-of-text token, if the template has one. Special tokens within the messages are
   * tokenized as ordinary text.
   *
   * @throws InvalidInputException as {@link #render} does
   */
  public int[] encode(List<ChatMessage> messages) {
    if (messages.stream().noneMatch(message -> controlText.occursIn(message.content()))) {
      return tokenizer.encode(render(messages));
    }
    List<String> texts = new ArrayList<>(messages.stream().map(ChatMessage::content).toList());
    texts.add(definition.template().orElse(""));
    char separator = ControlText.separatorFor(texts);
    return encodePieces(render(controlText.breakUp(messages, separator)), separator);
  }

  /** Tokenizes plain text. Nothing is added; special tokens within are ordinary text. */
  public int[] encodeText(String text) {
    if (!controlText.occursIn(text)) {
      return tokenizer.encode(text);
    }
    char separator = ControlText.separatorFor(List.of(text));
    return encodePieces(controlText.breakUp(text, separator), separator);
  }

  /** Returns the text of the ids, special tokens left out. Ids without text count for nothing. */
  public String decode(int[] ids) {
    return tokenizer.decode(ids, true);
  }

  /** Returns a decoder for the tokens of one generation. */
  public IncrementalDecoder decoder() {
    return new IncrementalDecoder(tokenizer);
  }

  /** Returns what a token stands for, special tokens included. */
  public String tokenText(int id) {
    return tokenizer.decode(new int[] {id}, false);
  }

  /** Returns the ids that end a turn or a text; generation stops at any of them. */
  public Set<Integer> endOfTurnIds() {
    return endOfTurnIds;
  }

  /** Returns the beginning-of-text token that the model's files name, whether or not it is used. */
  public OptionalInt bosId() {
    Integer id = addedIds.get(definition.namedTokens().getOrDefault("bos_token", ""));
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /**
   * Returns one more than the highest id that stands for a token. The model may have more rows of
   * embedding than that.
   */
  public int vocabularySize() {
    return vocabularySize;
  }

  /** Returns whether the model has a chat template; a base model has none. */
  public boolean hasChatTemplate() {
    return definition.template().isPresent();
  }

  /**
   * Returns the SHA-256 of the template's UTF-8 bytes in hexadecimal, of no bytes if it has none.
   */
  public String templateHash() {
    return template.hash();
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  @Override
  public String toString() {
    return "ChatTokenizer[%s, %d ids, %s]"
        .formatted(
            definition.origin(),
            vocabularySize,
            hasChatTemplate() ? "chat template" : "no chat template");
  }

  private int[] encodePieces(String text, char separator) {
    String[] pieces = text.split(String.valueOf(separator), -1);
    return IntStream.range(0, pieces.length)
        .mapToObj(i -> i == 0 ? tokenizer.encode(pieces[0]) : inside(pieces[i]))
        .flatMapToInt(IntStream::of)
        .toArray();
  }

  /**
   * Tokenizes what does not begin its text. SentencePiece tokenizers put a space before the first
   * word of what they are given; with a line break before it there is none, and the tokens of the
   * line break are dropped again.
   */
  private int[] inside(String piece) {
    int[] lineBreak = tokenizer.encode("\n");
    int[] ids = tokenizer.encode("\n" + piece);
    boolean apart =
        ids.length >= lineBreak.length
            && IntStream.range(0, lineBreak.length).allMatch(i -> ids[i] == lineBreak[i]);
    return apart
        ? IntStream.range(lineBreak.length, ids.length).map(i -> ids[i]).toArray()
        : tokenizer.encode(piece);
  }

  private static Set<Integer> endOfTurnIds(
      TokenizerDefinition definition, List<TokenizerJson.AddedToken> added) {
    Set<Integer> ids = new LinkedHashSet<>(definition.endIds());
    for (TokenizerJson.AddedToken token : added) {
      if (definition.endTokens().contains(token.content())
          || TokenizerDefinition.KNOWN_END_TOKENS.contains(token.content())) {
        ids.add(token.id());
      }
    }
    return Set.copyOf(ids);
  }
}
