package io.selftaught.judge.core.eval;

import com.google.common.hash.Hashing;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.data.Journal;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.data.JudgeJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The judgments of an evaluation on disk: each with the pair's id, a hash of its texts, its label,
 * and the judgment with all traces. A later line about a pair replaces an earlier one.
 */
final class JudgmentJournal implements AutoCloseable {

  private final Path file;
  private final Map<String, Entry> before;
  private final Journal journal;

  private JudgmentJournal(Path file, Map<String, Entry> before, Journal journal) {
    this.file = file;
    this.before = before;
    this.journal = journal;
  }

  static JudgmentJournal open(Path file) {
    return new JudgmentJournal(file, entries(file), Journal.open(file));
  }

  /**
   * Returns the judgments of pairs that a file holds, by id; of nothing if there is no such file.
   *
   * @throws InvalidInputException if a pair had other texts when it was judged
   */
  static Map<String, Judgment> read(Path file, List<LabeledComparison> pairs) {
    return judgments(file, entries(file), pairs);
  }

  private static Map<String, Entry> entries(Path file) {
    Map<String, Entry> entries = new HashMap<>();
    Journal.read(file, Entry::of).records().forEach(entry -> entries.put(entry.id(), entry));
    return entries;
  }

  /**
   * Returns the judgments that need not be asked for again, by id.
   *
   * @throws InvalidInputException if a pair had other texts when it was judged
   */
  Map<String, Judgment> finished(List<LabeledComparison> pairs) {
    Map<String, Judgment> finished = judgments(file, before, pairs);
    finished.values().removeIf(JudgmentJournal::hasFailed);
    return finished;
  }

  private static Map<String, Judgment> judgments(
      Path file, Map<String, Entry> entries, List<LabeledComparison> pairs) {
    Map<String, Judgment> judgments = new HashMap<>();
    for (LabeledComparison pair : pairs) {
      Entry entry = entries.get(pair.id());
      if (entry != null && !entry.texts().equals(hash(pair.comparison()))) {
        throw new InvalidInputException(
            "%s holds a judgment of the pair %s when it had other texts; choose another directory"
                .formatted(file, pair.id()));
      }
      if (entry != null) {
        judgments.put(pair.id(), entry.judgment());
      }
    }
    return judgments;
  }

  void append(Judged judged) {
    LabeledComparison item = judged.item();
    journal.append(
        JsonRecord.builder()
            .put("id", item.id())
            .put("source", item.source())
            .put("category", item.category())
            .put("preferred", item.preferred().name())
            .put("texts", hash(item.comparison()))
            .put("judgment", JudgeJson.toJson(judged.judgment()))
            .build());
  }

  @Override
  public void close() {
    journal.close();
  }

  private static boolean hasFailed(Judgment judgment) {
    return judgment.verdict().cause().filter(cause -> cause == Cause.FAILED).isPresent();
  }

  private static String hash(Comparison comparison) {
    String texts =
        String.join(
            "\0",
            comparison.prompt(),
            comparison.a(),
            comparison.b(),
            comparison.reference().orElse(""));
    return Hashing.sha256().hashString(texts, StandardCharsets.UTF_8).toString().substring(0, 16);
  }

  private record Entry(String id, String texts, Judgment judgment) {
    static Entry of(JsonRecord line) {
      return new Entry(
          line.text("id"), line.text("texts"), JudgeJson.judgment(line.record("judgment")));
    }
  }
}
