package io.selftaught.judge.djl.text;

import io.selftaught.judge.ChatMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps special tokens that are written in a message from becoming control.
 *
 * <p>A message may hold {@code <|im_end|>} as text. Rendered and tokenized as it stands, it would
 * end the turn and let the text after it pose as anybody. So a separator, a private-use character
 * that occurs in none of the texts, is put behind the first character of each special token within
 * a message; the conversation is rendered, cut at the separators and tokenized piece by piece.
 * {@code <} and {@code |im_end|>} are ordinary text, and decode to what was written. Messages
 * without special tokens get no separators, so their ids are those of the reference; and the
 * special tokens that the template writes are left alone.
 *
 * <p>transformers does the same under {@code sanitize_control_tokens}, with two marks around the
 * token and a tokenizer that does not know it; one mark inside needs no second tokenizer. Special
 * tokens of one character cannot be broken and stay as they are; no model is known that has one
 * which can be typed.
 */
final class ControlText {

  private final Map<Character, List<String>> tokensByFirst = new HashMap<>();

  ControlText(Collection<String> specialTokens) {
    for (String token : specialTokens) {
      if (token.length() > Character.charCount(token.codePointAt(0))) {
        tokensByFirst.computeIfAbsent(token.charAt(0), c -> new ArrayList<>()).add(token);
      }
    }
  }

  /** Returns whether a special token is written in the text. */
  boolean occursIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (startsAt(text, i)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the text with the separator inside each special token. */
  String breakUp(String text, char separator) {
    StringBuilder result = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      result.appendCodePoint(codePoint);
      if (startsAt(text, i)) {
        result.append(separator);
      }
      i += Character.charCount(codePoint);
    }
    return result.toString();
  }

  /** Returns the messages with the separator inside each special token. */
  List<ChatMessage> breakUp(List<ChatMessage> messages, char separator) {
    return messages.stream()
        .map(m -> new ChatMessage(m.role(), breakUp(m.content(), separator)))
        .toList();
  }

  /** Returns a private-use character that is in none of the texts. */
  static char separatorFor(Collection<String> texts) {
    for (char c = '\uE000'; c <= '\uF8FF'; c++) {
      String candidate = String.valueOf(c);
      if (texts.stream().noneMatch(text -> text.contains(candidate))) {
        return c;
      }
    }
    throw new IllegalStateException("the texts use all 6,400 private-use characters");
  }

  private boolean startsAt(String text, int index) {
    for (String token : tokensByFirst.getOrDefault(text.charAt(index), List.of())) {
      if (text.startsWith(token, index)) {
        return true;
      }
    }
    return false;
  }
}
