package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Judge} keeps to. Extend it beside the implementation. */
public abstract class JudgeContract {

  private static final Comparison COMPARISON =
      Comparison.of("Name the capital of France.", "Paris.", "It is Lyon, I think.");

  /** Returns the judge under test, around {@code model} if it uses one. */
  protected abstract Judge judge(LanguageModel model);

  /** Returns a reply from which the judge reads a preference, whatever the order. */
  protected String decisiveReply() {
    return "The first answer is right. [[A]]";
  }

  @Test
  void compare_null_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> judge(ScriptedModel.saying(decisiveReply())).compare(null));
  }

  @Test
  void compare_blankPrompt_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> judge(ScriptedModel.saying(decisiveReply())).compare(" ", "a", "b"));
  }

  @Test
  void compare_emptyAnswers_isJudged() {
    Judge judge = judge(ScriptedModel.saying(decisiveReply()));

    assertThat(judge.compare("Say nothing.", "", "").verdict()).isNotNull();
  }

  @Test
  void compare_modelFails_isAnUndecidedVerdictNotAnException() {
    Judgment judgment = judge(ScriptedModel.failing()).compare(COMPARISON);

    judgment.traces().forEach(t -> assertThat(t.verdict().cause()).contains(Verdict.Cause.FAILED));
    if (!judgment.traces().isEmpty()) {
      assertThat(judgment.verdict().cause()).contains(Verdict.Cause.FAILED);
    }
  }

  @Test
  void compare_promptBeyondContext_isAnUndecidedVerdictNotAnException() {
    Judge judge = judge(ScriptedModel.saying(decisiveReply()));
    String answer = ScriptedModel.tooLong().get(0).content();

    Judgment judgment = judge.compare("Which is shorter?", answer, answer + " word");

    judgment.traces().forEach(t -> assertThat(t.verdict().preference()).isEmpty());
  }

  @Test
  void compare_unreadableReply_isNoPreference() {
    ScriptedModel model = ScriptedModel.saying("");

    Judgment judgment = judge(model).compare(COMPARISON);

    if (!judgment.traces().isEmpty()) {
      assertThat(judgment.verdict().preference()).isEmpty();
    }
  }

  @Test
  void compare_again_givesTheSameJudgment() {
    Judge judge = judge(ScriptedModel.rambling());

    assertThat(judge.compare(COMPARISON).verdict()).isEqualTo(judge.compare(COMPARISON).verdict());
  }

  @Test
  void compare_anyReply_isKeptInATrace() {
    ScriptedModel model = ScriptedModel.rambling();

    List<Trace> traces = judge(model).compare(COMPARISON).traces();

    assertThat(model.written())
        .allSatisfy(
            text ->
                assertThat(traces)
                    .anySatisfy(t -> assertThat(t.plan().orElse("") + t.text()).contains(text)));
  }

  @Test
  void compare_manyThreads_giveWhatOneThreadGives() throws InterruptedException {
    Judge judge = judge(ScriptedModel.rambling());
    List<Verdict> concurrent =
        Concurrently.run(i -> judge.compare("Prompt " + i, "a" + i, "b" + i).verdict());

    for (int i = 0; i < concurrent.size(); i++) {
      assertThat(judge.compare("Prompt " + i, "a" + i, "b" + i).verdict())
          .isEqualTo(concurrent.get(i));
    }
  }

  @Test
  void close_again_isHarmlessAndLeavesTheModelOpen() {
    ScriptedModel model = ScriptedModel.saying(decisiveReply());
    Judge judge = judge(model);
    judge.close();
    judge.close();

    assertThat(model.isClosed()).isFalse();
  }
}
