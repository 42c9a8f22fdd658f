package io.selftaught.judge.core;

import com.google.common.hash.Hashing;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.core.data.Journal;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.data.JudgeJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** How answers of models are kept in a journal and found again. */
final class Answers {

  private Answers() {}

  static List<Entry> read(Path file) {
    return Journal.read(file, Entry::of).records();
  }

  /** Returns a hash of all that the answer depends on; JSON keeps the borders of the values. */
  static String key(String name, List<ChatMessage> messages, GenerationConfig config) {
    JsonRecord everything =
        JsonRecord.builder()
            .put("model", name)
            .putRecords("messages", messages.stream().map(JudgeJson::toJson).toList())
            .put("maxTokens", config.maxTokens())
            .put("temperature", config.temperature())
            .put("topP", config.topP())
            .put("samples", config.samples())
            .put("seed", config.seed())
            .putTexts("stop", config.stop())
            .putTexts("choices", config.choices())
            .put("logProbabilities", config.logProbabilities())
            .build();
    return Hashing.sha256().hashString(everything.toString(), StandardCharsets.UTF_8).toString();
  }

  /** What was written, under its key. */
  record Entry(String key, List<Generation> generations) {

    static Entry of(JsonRecord line) {
      return new Entry(
          line.text("key"),
          line.records("generations").stream().map(JudgeJson::generation).toList());
    }

    JsonRecord toJson() {
      return JsonRecord.builder()
          .put("key", key)
          .putRecords("generations", generations.stream().map(JudgeJson::toJson).toList())
          .build();
    }
  }
}
