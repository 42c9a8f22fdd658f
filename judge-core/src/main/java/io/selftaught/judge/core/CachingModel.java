package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.core.data.Journal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Remembers what a model wrote: all of it in memory and in a journal, or the latest in memory.
 *
 * <p>What is asked for twice at the same moment is asked once: the second caller waits for the
 * first.
 */
final class CachingModel implements LanguageModel {

  private final LanguageModel model;
  private final OnceCache<List<Generation>> answers;
  private final Optional<Journal> journal;
  private final String place;
  private volatile boolean closed;

  private CachingModel(
      LanguageModel model,
      OnceCache<List<Generation>> answers,
      Optional<Journal> journal,
      String place) {
    this.model = requireNonNull(model, "model");
    this.answers = answers;
    this.journal = journal;
    this.place = place;
  }

  static CachingModel inFile(LanguageModel model, Path file) {
    requireNonNull(model, "model");
    OnceCache<List<Generation>> answers = OnceCache.unlimited();
    Answers.read(file).forEach(entry -> answers.put(entry.key(), entry.generations()));
    Journal journal = Journal.open(file);
    return new CachingModel(model, answers, Optional.of(journal), journal.toString());
  }

  static CachingModel inMemory(LanguageModel model, int entries) {
    if (entries < 1) {
      throw new IllegalArgumentException("entries must be at least 1, was " + entries);
    }
    return new CachingModel(
        model, OnceCache.latest(entries), Optional.empty(), entries + " in memory");
  }

  @Override
  public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
    if (closed) {
      throw new IllegalStateException("The cache is closed");
    }
    String key = Answers.key(model.name(), messages, config);
    return answers.get(key, () -> ask(key, messages, config));
  }

  private List<Generation> ask(String key, List<ChatMessage> messages, GenerationConfig config) {
    List<Generation> generations = List.copyOf(model.generate(messages, config));
    journal.ifPresent(file -> file.append(new Answers.Entry(key, generations).toJson()));
    return generations;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public void close() {
    closed = true;
    answers.clear();
    journal.ifPresent(Journal::close);
  }

  @Override
  public String toString() {
    return "caching(" + model.name() + ", " + place + ")";
  }
}
