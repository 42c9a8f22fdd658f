package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LanguageModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gives recorded answers and no others. */
final class ReplayingModel implements LanguageModel {

  private final String name;
  private final Path file;
  private final Map<String, List<Generation>> answers = new TreeMap<>();
  private volatile boolean closed;

  ReplayingModel(String name, Path file) {
    this.name = requireNonNull(name, "name");
    this.file = file;
    if (!Files.exists(file)) {
      throw new InvalidInputException("No such file: " + file + "; record it with Judges.caching");
    }
    Answers.read(file).forEach(entry -> answers.put(entry.key(), entry.generations()));
  }

  @Override
  public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
    if (closed) {
      throw new IllegalStateException("The recording is closed");
    }
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages must not be empty");
    }
    List<Generation> answer = answers.get(Answers.key(name, messages, config));
    if (answer == null) {
      throw new InvalidInputException(
          "%s has no answer of %s to this conversation with %s; record it again"
              .formatted(file, name, config));
    }
    return answer;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "replaying(" + name + ", " + file + ")";
  }
}
