package io.selftaught.judge.core.eval;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Preference;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.data.Seeds;
import io.selftaught.judge.core.eval.Benchmark.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The rows of published sets as pairs. What belongs to one row has its id before the last slash.
 */
final class BenchmarkRows {

  private BenchmarkRows() {}

  static List<LabeledComparison> rewardBench(Row row) {
    JsonRecord fields = row.fields();
    return List.of(
        better(
            fields.text("subset") + "-" + fields.textOrInteger("id"),
            fields.text("subset"),
            fields.text("prompt"),
            fields.text("chosen"),
            fields.text("rejected")));
  }

  static List<LabeledComparison> rewardBench2(Row row) {
    return everyPair(
        row.fields().text("subset") + "-" + row.fields().textOrInteger("id"),
        row.fields().text("subset"),
        row.fields());
  }

  static List<LabeledComparison> rmBench(Row row) {
    JsonRecord fields = row.fields();
    if (fields.texts("chosen").size() != 3 || fields.texts("rejected").size() != 3) {
      throw new InvalidInputException("fields \"chosen\" and \"rejected\" must have three texts");
    }
    return everyPair(fields.textOrInteger("id"), fields.text("domain"), fields);
  }

  private static List<LabeledComparison> everyPair(String id, String category, JsonRecord fields) {
    List<String> chosen = fields.texts("chosen");
    List<String> rejected = fields.texts("rejected");
    List<LabeledComparison> pairs = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      for (int j = 0; j < rejected.size(); j++) {
        String pair = "%s/c%d-r%d".formatted(id, i, j);
        pairs.add(better(pair, category, fields.text("prompt"), chosen.get(i), rejected.get(j)));
      }
    }
    return pairs;
  }

  static List<LabeledComparison> judgeBench(Row row) {
    JsonRecord fields = row.fields();
    Preference label =
        switch (fields.text("label")) {
          case "A>B" -> Preference.A;
          case "B>A" -> Preference.B;
          default -> throw unknown("label", "A>B or B>A", fields.text("label"));
        };
    Comparison comparison =
        Comparison.of(
            fields.text("question"), fields.text("response_A"), fields.text("response_B"));
    return List.of(
        new LabeledComparison(
            fields.textOrInteger("pair_id"),
            fields.text("source"),
            group(fields.text("source")),
            comparison,
            label));
  }

  /** The four groups in which JudgeBench reports its sources. */
  private static String group(String source) {
    if (source.startsWith("mmlu-pro")) {
      return "knowledge";
    }
    return switch (source) {
      case "livebench-reasoning" -> "reasoning";
      case "livebench-math" -> "math";
      case "livecodebench" -> "coding";
      default -> source;
    };
  }

  static List<LabeledComparison> llmBar(Row row) {
    JsonRecord fields = row.fields();
    Preference label = side("label", fields.integer("label"));
    if (label == Preference.TIE) {
      throw unknown("label", "1 or 2", "0");
    }
    Comparison comparison =
        Comparison.of(fields.text("input"), fields.text("output_1"), fields.text("output_2"));
    return List.of(
        new LabeledComparison(row.file() + "-" + row.line(), "", row.file(), comparison, label));
  }

  static List<LabeledComparison> mtBench(Row row) {
    JsonRecord fields = row.fields();
    long turn = fields.integer("turn");
    List<JsonRecord> a = fields.records("conversation_a");
    List<JsonRecord> b = fields.records("conversation_b");
    if (turn < 1 || a.size() < 2 * turn || b.size() < 2 * turn) {
      throw new InvalidInputException("the conversations have no turn " + turn);
    }
    String winner = fields.text("winner");
    Preference label =
        switch (winner) {
          case "model_a" -> Preference.A;
          case "model_b" -> Preference.B;
          default -> {
            if (!winner.startsWith("tie")) {
              throw unknown("winner", "model_a, model_b or tie", winner);
            }
            yield Preference.TIE;
          }
        };
    String id =
        String.join(
            "-",
            fields.textOrInteger("question_id"),
            fields.text("model_a"),
            fields.text("model_b"),
            fields.text("judge"),
            Long.toString(turn));
    Comparison comparison =
        Comparison.of(
            said(a, "user", turn), said(a, "assistant", turn), said(b, "assistant", turn));
    return List.of(new LabeledComparison(id, "", "turn " + turn, comparison, label));
  }

  /** Returns what one side said up to a turn, under headings if that is more than one text. */
  private static String said(List<JsonRecord> conversation, String role, long turns) {
    List<String> texts =
        conversation.stream()
            .filter(message -> message.text("role").equals(role))
            .map(message -> message.text("content"))
            .limit(turns)
            .toList();
    if (texts.size() == 1) {
      return texts.get(0);
    }
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      all.append("Turn %d:\n%s\n\n".formatted(i + 1, texts.get(i)));
    }
    return all.toString().strip();
  }

  static List<LabeledComparison> pandaLm(Row row) {
    JsonRecord fields = row.fields();
    List<Preference> votes =
        Stream.of("annotator1", "annotator2", "annotator3")
            .map(name -> side(name, fields.integer(name)))
            .toList();
    Preference label =
        votes.stream()
            .filter(vote -> votes.stream().filter(vote::equals).count() > 1)
            .findFirst()
            .orElseThrow(() -> new InvalidInputException("the three annotators all differ"));
    String input = fields.optionalText("input").orElse("");
    String prompt = fields.text("instruction") + (input.isBlank() ? "" : "\n\n" + input);
    Comparison comparison =
        Comparison.of(prompt, fields.text("response1"), fields.text("response2"));
    return List.of(new LabeledComparison(fields.textOrInteger("idx"), "", "", comparison, label));
  }

  private static LabeledComparison better(
      String id, String category, String prompt, String chosen, String rejected) {
    boolean first = (Seeds.of(0, id) & 1) == 0;
    Comparison comparison =
        first ? Comparison.of(prompt, chosen, rejected) : Comparison.of(prompt, rejected, chosen);
    return new LabeledComparison(id, "", category, comparison, first ? Preference.A : Preference.B);
  }

  private static Preference side(String field, long number) {
    return switch ((int) number) {
      case 0 -> Preference.TIE;
      case 1 -> Preference.A;
      case 2 -> Preference.B;
      default -> throw unknown(field, "0, 1 or 2", Long.toString(number));
    };
  }

  private static InvalidInputException unknown(String field, String expected, String found) {
    return new InvalidInputException(
        String.format(Locale.ROOT, "field \"%s\" must be %s, was \"%s\"", field, expected, found));
  }
}
