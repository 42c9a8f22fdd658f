package io.selftaught.judge.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.ScriptedModel;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.prompt.VerdictParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {

  private static final List<ChatMessage> HELLO = List.of(ChatMessage.user("Hello"));
  private static final GenerationConfig GREEDY = GenerationConfig.greedy(9);
  private static final Comparison COMPARISON = Comparison.of("Name a river.", "Nile", "Everest");

  @Test
  void load_urlWithModel_isAServer() {
    try (LanguageModel model = Models.load("http://localhost:1/v1#tiny")) {
      assertThat(model.name()).isEqualTo("tiny at http://localhost:1/v1");
    }
  }

  @Test
  void load_urlWithoutModel_saysHowToNameIt() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Models.load("https://localhost/v1"))
        .withMessageContaining("#my-model");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Models.load("https://user:secret@localhost/v1#m"))
        .withMessageNotContaining("secret");
  }

  @Test
  void load_unknownKind_saysWhatThereIs() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Models.load("no-such-model"))
        .withMessageContaining("no-such-model")
        .withMessageContaining("http://")
        .withMessageContaining("judge-djl");
  }

  @Test
  void judgesLoad_closed_closesTheModelToo() {
    Judge judge = Judges.load("http://localhost:1/v1#tiny");
    assertThat(judge).asString().startsWith("bothOrders(prompted(tiny at http://localhost:1/v1, ");
    judge.close();

    assertThatIllegalStateException().isThrownBy(() -> judge.compare(COMPARISON));
  }

  @Test
  void replaying_recordedAnswers_comeBackWithoutTheModel(@TempDir Path directory) {
    Path file = directory.resolve("answers.jsonl");
    GenerationConfig two = GREEDY.toBuilder().samples(2).temperature(1).build();
    List<Generation> written;
    try (LanguageModel recording = Judges.caching(ScriptedModel.rambling(), file)) {
      written = recording.generate(HELLO, two);
    }

    LanguageModel replay = Models.replaying("scripted", file);

    assertThat(replay.generate(HELLO, two)).isEqualTo(written);
    assertThat(replay.name()).isEqualTo("scripted");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> replay.generate(HELLO, GREEDY))
        .withMessageContaining(file.toString())
        .withMessageContaining("record it again");
  }

  @Test
  void replaying_noFile_saysHowToRecord(@TempDir Path directory) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Models.replaying("m", directory.resolve("none.jsonl")))
        .withMessageContaining("Judges.caching");
  }

  @Test
  void reparse_betterParser_readsWhatTheFirstOneCouldNot() {
    LanguageModel model =
        (messages, config) -> {
          String asked = messages.get(messages.size() - 1).content();
          boolean nileFirst = asked.indexOf("Nile") < asked.indexOf("Everest");
          return List.of(
              Generation.of(
                  "Answer %1$s names a river.\nVerdict: %1$s".formatted(nileFirst ? "A" : "B")));
        };
    Judgment stored = Judges.bothOrders(Judges.prompted(model)).compare(COMPARISON);
    JudgePrompt better = JudgePrompt.standard().toBuilder().parser(VerdictParser.lenient()).build();

    Judgment read = Judgments.reparse(stored, COMPARISON, better);

    assertThat(stored.verdict()).isEqualTo(Verdict.undecided(Cause.UNPARSABLE));
    assertThat(read.verdict()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(read.rationale()).startsWith("Answer A names a river.");
    assertThat(read.traces())
        .extracting(Trace::text)
        .isEqualTo(stored.traces().stream().map(Trace::text).toList());
    assertThat(Judgments.reparse(read, COMPARISON, JudgePrompt.standard()).verdict())
        .isEqualTo(stored.verdict());
  }

  @Test
  void reparse_failedAskingOfText_thatReadsLikeAVerdict_staysFailed() {
    Verdict failed = Verdict.undecided(Cause.FAILED);
    Judgment stored =
        new Judgment(failed, "", List.of(new Trace(Order.AB, "[[A]]", failed, Usage.UNKNOWN)));

    assertThat(Judgments.reparse(stored, COMPARISON, JudgePrompt.standard())).isEqualTo(stored);
  }

  @Test
  void reparse_cutText_staysTruncatedWhereThereIsNoVerdict() {
    Verdict cut = Verdict.undecided(Cause.TRUNCATED);
    Judgment stored =
        new Judgment(cut, "", List.of(new Trace(Order.BA, "Both are", cut, Usage.NONE)));

    assertThat(Judgments.reparse(stored, COMPARISON, JudgePrompt.compact()).verdict())
        .isEqualTo(cut);
  }
}
