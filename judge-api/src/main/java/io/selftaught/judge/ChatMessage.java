package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

/** One message of a conversation with a language model. */
public record ChatMessage(Role role, String content) {

  public ChatMessage {
    requireNonNull(role, "role");
    requireNonNull(content, "content");
  }

  /** Returns a system message. */
  public static ChatMessage system(String content) {
    return new ChatMessage(Role.SYSTEM, content);
  }

  /** Returns a message of the user. */
  public static ChatMessage user(String content) {
    return new ChatMessage(Role.USER, content);
  }

  /** Returns a message of the model. */
  public static ChatMessage assistant(String content) {
    return new ChatMessage(Role.ASSISTANT, content);
  }

  /** Who speaks. */
  public enum Role {
    /** Sets the rules of the conversation. */
    SYSTEM,
    /** Asks. */
    USER,
    /** Answers: the model. */
    ASSISTANT
  }
}
