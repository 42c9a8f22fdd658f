package io.selftaught.judge.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.ScriptedModel;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.prompt.VerdictParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {

  private static final List<ChatMessage> HELLO = List.of(ChatMessage.user("Hello"));
  private static final GenerationConfig GREEDY = GenerationConfig.greedy(9);
  private static final Comparison COMPARISON = Comparison.of("Name a river.", "Nile", "Everest");

  private static final JudgePrompt LENIENT =
      JudgePrompt.standard().toBuilder().parser(VerdictParser.lenient()).build();

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
    Judgment read = Judgments.reparse(stored, COMPARISON, LENIENT);

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

  private static Trace trace(Order order, String text, Verdict verdict) {
    return new Trace(order, text, verdict, Usage.NONE);
  }

  private static Judgment jury() {
    Verdict a = Verdict.decided(Preference.A);
    Verdict b = Verdict.decided(Preference.B);
    return new Judgment(
        a,
        "",
        List.of(
            trace(Order.AB, "[[A]]", a),
            trace(Order.BA, "[[B]]", a),
            trace(Order.AB, "[[A]]", a),
            trace(Order.BA, "[[A]]", b),
            trace(Order.AB, "[[A]]", a),
            trace(Order.BA, "[[A]]", b)));
  }

  /** One of its judges says A in both orders, two are inconsistent. */
  @Test
  void reparse_ofAJury_whoseTextsReadAsBefore_staysAsItIs() {
    assertThat(Judgments.reparse(jury(), COMPARISON, LENIENT)).isEqualTo(jury());
  }

  @Test
  void reparse_ofAJury_whoseTextsReadOtherwise_isRefused() {
    List<Trace> traces = new ArrayList<>(jury().traces());
    traces.set(0, trace(Order.AB, "Verdict: A", Verdict.undecided(Cause.UNPARSABLE)));
    Judgment stored = new Judgment(jury().verdict(), "", traces);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Judgments.reparse(stored, COMPARISON, LENIENT))
        .withMessageContaining("Judges.caching");
  }

  @Test
  void reparse_ofAJudgeThatAbstained_staysUnsure() {
    Judgment stored =
        new Judgment(
            Verdict.undecided(Cause.UNSURE),
            "",
            List.of(trace(Order.AB, "[[A]]", Verdict.decided(Preference.A))));

    assertThat(Judgments.reparse(stored, COMPARISON, LENIENT)).isEqualTo(stored);
  }

  @Test
  void reparse_ofAveragedOrders_staysAsItIs() {
    Probabilities first = Probabilities.ofWeights(9, 0, 1);
    Probabilities second = Probabilities.ofWeights(3, 0, 7);
    Judgment stored =
        new Judgment(
            Verdict.decided(Preference.A),
            "",
            List.of(
                new Trace(
                    Order.AB,
                    "[[A]]",
                    Verdict.decided(Preference.A),
                    Usage.NONE,
                    Optional.of(first)),
                new Trace(
                    Order.BA,
                    "[[A]]",
                    Verdict.decided(Preference.B),
                    Usage.NONE,
                    Optional.of(second))),
            Optional.of(first.averagedWith(second)));

    assertThat(Judgments.reparse(stored, COMPARISON, LENIENT)).isEqualTo(stored);
  }

  @Test
  void reparse_ofVotes_countsThemAnew() {
    AtomicInteger count = new AtomicInteger();
    List<String> texts = List.of("[[A]]", "[[A]]", "Verdict: B", "Verdict: B", "Verdict: B");
    LanguageModel model =
        (messages, config) ->
            IntStream.range(0, config.samples())
                .mapToObj(i -> Generation.of(texts.get(count.getAndIncrement())))
                .toList();
    GenerationConfig five = GenerationConfig.builder().temperature(0.7).samples(5).build();
    Judgment stored = Judges.vote(model, JudgePrompt.standard(), five).compare(COMPARISON);

    Judgment read = Judgments.reparse(stored, COMPARISON, LENIENT);

    assertThat(stored.verdict()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(stored.probabilities()).isNotEmpty();
    assertThat(read.verdict()).isEqualTo(Verdict.decided(Preference.B));
    assertThat(read.probabilities().orElseThrow().likeliest()).hasValue(Preference.B);
    assertThat(Judgments.reparse(stored, COMPARISON, JudgePrompt.standard())).isEqualTo(stored);
  }

  @Test
  void reparse_planThatBroke_isNotReadAsAJudgment() {
    Judgment stored =
        new Judgment(
            Verdict.undecided(Cause.TRUNCATED),
            "",
            List.of(trace(Order.AB, "A good answer, [[A]]", Verdict.undecided(Cause.TRUNCATED))));

    assertThat(Judgments.reparse(stored, COMPARISON, JudgePrompt.planned())).isEqualTo(stored);
  }
}
