package io.selftaught.judge.core.remote;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.ChatMessage.Role;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps chat tokens that are written in a user's message from becoming control.
 *
 * <p>vLLM, llama.cpp and others render a conversation into one text and then tokenize that. So
 * {@code <|im_end|>} in an answer that is judged would end the turn and let the text after it pose
 * as anybody. A zero-width space behind the first character of each such token makes ordinary text
 * of it, which looks the same to a reader. judge-djl does the same with a cut instead of a
 * character, as it tokenizes itself; the two know only judge-api.
 */
final class ChatTokens {

  /** What begins and ends turns and texts in the families that are served most. */
  static final Set<String> COMMON =
      Set.of(
          // ChatML: Qwen, SmolLM, Yi, Hermes; Phi 4 has its own third
          "<|im_start|>",
          "<|im_end|>",
          "<|im_sep|>",
          "<|endoftext|>",
          // Llama 3
          "<|begin_of_text|>",
          "<|end_of_text|>",
          "<|start_header_id|>",
          "<|end_header_id|>",
          "<|eot_id|>",
          "<|eom_id|>",
          "<|python_tag|>",
          // Llama 4
          "<|header_start|>",
          "<|header_end|>",
          "<|eot|>",
          // Llama 2, Mistral
          "<s>",
          "</s>",
          "[INST]",
          "[/INST]",
          "<<SYS>>",
          "<</SYS>>",
          "[SYSTEM_PROMPT]",
          "[/SYSTEM_PROMPT]",
          "[AVAILABLE_TOOLS]",
          "[/AVAILABLE_TOOLS]",
          "[TOOL_CALLS]",
          "[TOOL_RESULTS]",
          "[/TOOL_RESULTS]",
          // Gemma
          "<bos>",
          "<eos>",
          "<start_of_turn>",
          "<end_of_turn>",
          // Phi 3, OLMo, Zephyr, GLM
          "<|system|>",
          "<|user|>",
          "<|assistant|>",
          "<|end|>",
          // DeepSeek
          "<｜begin▁of▁sentence｜>",
          "<｜end▁of▁sentence｜>",
          "<｜User｜>",
          "<｜Assistant｜>",
          "<|EOT|>",
          // Granite
          "<|start_of_role|>",
          "<|end_of_role|>",
          // gpt-oss
          "<|start|>",
          "<|message|>",
          "<|channel|>",
          "<|return|>",
          "<|call|>");

  private static final char ZERO_WIDTH_SPACE = '\u200b';

  private final Set<String> tokens;

  ChatTokens(Set<String> tokens) {
    this.tokens = Set.copyOf(tokens);
    for (String token : this.tokens) {
      if (token.codePointCount(0, token.length()) < 2) {
        throw new IllegalArgumentException(
            "chatTokens must have two characters or more each, was \"" + token + "\"");
      }
    }
  }

  /** Returns the messages, without tokens in those of the user. */
  List<ChatMessage> breakUp(List<ChatMessage> messages) {
    return messages.stream()
        .map(m -> m.role() == Role.USER ? ChatMessage.user(breakUp(m.content())) : m)
        .toList();
  }

  private String breakUp(String text) {
    List<String> written = tokens.stream().filter(text::contains).toList();
    if (written.isEmpty()) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int start = i;
      int codePoint = text.codePointAt(i);
      result.appendCodePoint(codePoint);
      if (written.stream().anyMatch(token -> text.startsWith(token, start))) {
        result.append(ZERO_WIDTH_SPACE);
      }
      i += Character.charCount(codePoint);
    }
    return result.toString();
  }

  /** Returns what belongs into the name of a model: nothing of the common tokens. */
  String suffix() {
    return tokens.equals(COMMON) ? "" : " with chat tokens " + new TreeSet<>(tokens);
  }
}
