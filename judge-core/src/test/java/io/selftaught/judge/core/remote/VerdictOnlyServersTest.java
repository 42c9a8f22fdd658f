package io.selftaught.judge.core.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.remote.FakeServer.Answer;
import io.selftaught.judge.core.remote.FakeServer.Request;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a judge by the verdict alone makes of servers that give less than it asks for. */
class VerdictOnlyServersTest {

  private static final Comparison COMPARISON = Comparison.of("Name a river.", "Everest", "Nile");

  private static Judgment judgment(FakeServer server, Server kind) {
    try (RemoteModel model = server.model().server(kind).build()) {
      return Judges.verdictOnly(model).compare(COMPARISON);
    }
  }

  private static FakeServer saying(String text) {
    return FakeServer.answering(answering(text, "stop"));
  }

  private static Function<Request, Answer> answering(String text, String finishReason) {
    JsonRecord choice =
        JsonRecord.builder()
            .put("index", 0)
            .put("message", JsonRecord.builder().put("content", text).build())
            .put("finish_reason", finishReason)
            .build();
    String body = JsonRecord.builder().putRecords("choices", List.of(choice)).build().toString();
    return request -> Answer.json(body);
  }

  @Test
  void noLogProbabilities_theVerdictIsTheWord() {
    try (FakeServer server = saying("B]]")) {
      Judgment judgment = judgment(server, Server.VLLM);

      assertThat(judgment.verdict()).isEqualTo(Verdict.decided(Preference.B));
      assertThat(judgment.probabilities()).isEmpty();
      assertThat(server.chats().get(0).flag("logprobs")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403})
  void logProbabilitiesRefused_theVerdictIsTheWord(int status) {
    Answer refusal =
        Answer.status(
            status, "{\"error\":{\"message\":\"You may not request logprobs from this model\"}}");
    Function<Request, Answer> words = answering("B]]", "stop");
    try (FakeServer server =
        FakeServer.answering(r -> r.body().has("logprobs") ? refusal : words.apply(r))) {
      Judgment judgment = judgment(server, Server.OTHER);

      assertThat(judgment.verdict()).isEqualTo(Verdict.decided(Preference.B));
      assertThat(judgment.probabilities()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "B]]",
        "[[B]]",
        "B",
        " B.\n",
        "**B**",
        "(B)",
        "\"[[B]]\"",
        "Verdict: B",
        "verdict: [[B]].",
        "**Verdict: [[B]]**",
        "Verdict: [[B"
      })
  void serverThatCannotBeHeldToChoices_unmistakableAnswer_isTheVerdict(String text) {
    try (FakeServer server = saying(text)) {
      assertThat(judgment(server, Server.OPENAI).verdict())
          .isEqualTo(Verdict.decided(Preference.B));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "B is better",
        "A or B",
        "[[A]] [[B]]",
        "Answer B",
        "VerdictB",
        "b",
        "[[C]]",
        "-B",
        "Verdict:",
        "[[]]",
        "."
      })
  void serverThatCannotBeHeldToChoices_otherAnswer_isAFailureThatKeepsTheText(String text) {
    try (FakeServer server = saying(text)) {
      Judgment judgment = judgment(server, Server.OTHER);

      assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Cause.FAILED));
      assertThat(judgment.traces().get(0).text()).contains("\"" + text + "\"");
    }
  }

  @Test
  void serverThatCannotBeHeldToChoices_cutAnswer_isAFailure() {
    try (FakeServer server = FakeServer.answering(answering("[[A", "length"))) {
      Judgment judgment = judgment(server, Server.OTHER);

      assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Cause.FAILED));
      assertThat(judgment.traces().get(0).text()).contains("\"[[A\" (LENGTH)");
    }
  }

  @Test
  void choicesThatDifferInBracketsOnly_areNotGuessed() {
    Choices choices = Choices.after("", List.of("A)", "A]"));

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> choices.hold(Generation.of("A")));
    assertThat(choices.hold(Generation.of("A]\n")).text()).isEqualTo("A]");
  }
}
