package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.ExecutionError;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.core.data.Journal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Remembers what a model wrote, in memory and in a journal.
 *
 * <p>What is asked for twice at the same moment is asked once: the second caller waits for the
 * first.
 */
final class CachingModel implements LanguageModel {

  private final LanguageModel model;
  private final Cache<String, List<Generation>> answers = CacheBuilder.newBuilder().build();
  private final Journal journal;
  private volatile boolean closed;

  CachingModel(LanguageModel model, Path file) {
    this.model = requireNonNull(model, "model");
    Answers.read(file).forEach(entry -> answers.put(entry.key(), entry.generations()));
    journal = Journal.open(file);
  }

  @Override
  public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
    if (closed) {
      throw new IllegalStateException("The cache is closed");
    }
    String key = Answers.key(model.name(), messages, config);
    try {
      return answers.get(key, () -> ask(key, messages, config));
    } catch (UncheckedExecutionException | ExecutionError e) {
      Throwables.throwIfUnchecked(requireNonNull(e.getCause()));
      throw e;
    } catch (ExecutionException e) {
      throw new AssertionError("generate throws no checked exception", e);
    }
  }

  private List<Generation> ask(String key, List<ChatMessage> messages, GenerationConfig config) {
    List<Generation> generations = List.copyOf(model.generate(messages, config));
    journal.append(new Answers.Entry(key, generations).toJson());
    return generations;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public void close() {
    closed = true;
    journal.close();
  }

  @Override
  public String toString() {
    return "caching(" + model.name() + ", " + journal + ")";
  }
}
