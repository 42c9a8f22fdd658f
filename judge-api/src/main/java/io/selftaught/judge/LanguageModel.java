package io.selftaught.judge;

import java.util.List;

/**
 * Continues conversations.
 *
 * <p>Blocking and safe for use by many threads: calls made at the same time are how a batching
 * model fills its batches.
 */
@FunctionalInterface
public interface LanguageModel extends AutoCloseable {

  /**
   * Returns {@link GenerationConfig#samples()} continuations of a conversation. If the last message
   * is the model's own, that message is continued; otherwise a new one is begun.
   *
   * @param messages the conversation so far, not empty
   * @return one generation per sample, in the order of their seeds
   * @throws ContextLengthException if the conversation leaves no room for an answer
   * @throws ModelException if the model failed
   * @throws IllegalArgumentException if {@code messages} is empty
   */
  List<Generation> generate(List<ChatMessage> messages, GenerationConfig config);

  /**
   * Returns the identity of the weights behind this model for manifests and cache keys: two models
   * with the same name give the same answers.
   */
  default String name() {
    return toString();
  }

  /** Frees what the model owns. Calls after that fail with {@link IllegalStateException}. */
  @Override
  default void close() {}
}
