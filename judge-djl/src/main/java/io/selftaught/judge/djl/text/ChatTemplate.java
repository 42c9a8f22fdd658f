package io.selftaught.judge.djl.text;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The chat template of a model, with the variables that transformers gives it. Thread-safe. */
final class ChatTemplate {

  // Ends a message that is to be continued, so that what the template puts behind it can be cut
  // off. The last space shows whether the template strips messages.
  private static final String CONTINUED = "CONTINUED_HERE_\uF8FF";

  private final Optional<String> source;
  private final Map<String, String> namedTokens;
  private final String origin;
  private final Clock clock;

  /**
   * Creates a template.
   *
   * @param source the text in Jinja, absent for a base model
   * @param namedTokens special tokens by the name that templates know them by
   * @param origin the model's file, for messages
   * @param clock the time that a template may ask for
   */
  ChatTemplate(
      Optional<String> source, Map<String, String> namedTokens, String origin, Clock clock) {
    this.source = source;
    this.namedTokens = Map.copyOf(namedTokens);
    this.origin = origin;
    this.clock = clock;
  }

  /** Renders a conversation; see {@link ChatTokenizer#render}. */
  String render(List<ChatMessage> messages) {
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages: empty; a conversation has at least one");
    }
    ChatMessage last = messages.get(messages.size() - 1);
    if (last.role() != ChatMessage.Role.ASSISTANT) {
      return render(messages, true);
    }
    List<ChatMessage> marked = new ArrayList<>(messages.subList(0, messages.size() - 1));
    marked.add(ChatMessage.assistant(last.content() + CONTINUED + " "));
    return upToMark(render(marked, false), PythonStrings.strip(last.content()));
  }

  String hash() {
    try {
      byte[] bytes = source.orElse("").getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    String text =
        source.orElseThrow(
            () ->
                new InvalidInputException(
                    ("%s: the model has no chat template, so it is a base model; "
                            + "use an instruction-tuned model for conversations")
                        .formatted(origin)));
    Map<String, Object> variables = new HashMap<>(namedTokens);
    variables.put("messages", messages.stream().map(ChatTemplate::asMap).toList());
    variables.put("add_generation_prompt", addGenerationPrompt);
    return TemplateEngine.render(text, variables, clock, origin);
  }

  private String upToMark(String rendered, String lastContent) {
    int at = rendered.lastIndexOf(CONTINUED);
    if (at < 0 || !rendered.contains(lastContent)) {
      throw new InvalidInputException(
          ("%s: the chat template leaves out some of the last message of the assistant, "
                  + "so it cannot be continued; end the conversation with a user message")
              .formatted(origin));
    }
    String before = rendered.substring(0, at);
    return rendered.startsWith(" ", at + CONTINUED.length())
        ? before
        : PythonStrings.rstrip(before);
  }

  private static Map<String, Object> asMap(ChatMessage message) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("role", message.role().name().toLowerCase(Locale.ROOT));
    map.put("content", message.content());
    return Collections.unmodifiableMap(map);
  }
}
