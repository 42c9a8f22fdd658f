package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link JudgmentAnnotator} keeps to. Extend it beside the implementation. */
public abstract class JudgmentAnnotatorContract {

  private static final Verdict RIGHT = Verdict.decided(Preference.A);

  /** Returns the annotator under test. */
  protected abstract JudgmentAnnotator annotator();

  /** Returns a reply that says: the answer shown first is better. */
  protected String preferFirst() {
    return "The first answer is right. [[A]]";
  }

  /** Returns a reply that says: the answer shown second is better. */
  protected String preferSecond() {
    return "The second answer is right. [[B]]";
  }

  @Test
  void annotate_everyReply_isKeptInATraceOfThatPair() {
    ScriptedModel model = ScriptedModel.rambling();

    Annotation annotation = annotator().annotate(pair("p1"), model, 1);

    assertThat(annotation.pairId()).isEqualTo("p1");
    assertThat(annotation.traces()).isNotEmpty();
    assertThat(model.written())
        .allSatisfy(
            text ->
                assertThat(annotation.traces())
                    .anySatisfy(trace -> assertThat(trace.text()).contains(text)));
  }

  @Test
  void annotate_verdicts_areOfTheChosenAnswerWhicheverWasShownFirst() {
    for (String reply : List.of(preferFirst(), preferSecond())) {
      Preference shown = reply.equals(preferFirst()) ? Preference.A : Preference.B;

      Annotation annotation = annotator().annotate(pair("p1"), ScriptedModel.saying(reply), 1);

      assertThat(annotation.traces())
          .allSatisfy(
              t -> assertThat(t.verdict()).isEqualTo(Verdict.decided(t.order().apply(shown))));
    }
  }

  @Test
  void annotate_examples_comeOnlyFromOrdersInWhichAVerdictAgreed() {
    for (String reply : List.of(preferFirst(), preferSecond())) {
      Annotation annotation = annotator().annotate(pair("p1"), ScriptedModel.saying(reply), 1);

      assertThat((long) annotation.examples().size()).isLessThanOrEqualTo(annotation.agreeing());
      assertThat(annotation.examples())
          .allSatisfy(
              example ->
                  assertThat(annotation.traces())
                      .anySatisfy(
                          trace -> {
                            assertThat(trace.verdict()).isEqualTo(RIGHT);
                            assertThat(trace.order()).isEqualTo(example.order());
                          }));
    }
  }

  @Test
  void annotate_noVerdict_leavesNothingToLearn() {
    Annotation annotation = annotator().annotate(pair("p1"), ScriptedModel.saying("Hm."), 1);

    assertThat(annotation.agreeing()).isZero();
    assertThat(annotation.examples()).isEmpty();
  }

  @Test
  void annotate_modelFails_saysSoAndLeavesNothingToLearn() {
    Annotation annotation;
    try {
      annotation = annotator().annotate(pair("p1"), ScriptedModel.failing(), 1);
    } catch (ModelException e) {
      return;
    }
    assertThat(annotation.examples()).isEmpty();
    assertThat(annotation.traces())
        .allSatisfy(t -> assertThat(t.verdict().cause()).contains(Verdict.Cause.FAILED));
  }

  @Test
  void annotate_sameSeed_givesTheSame() {
    LanguageModel model = ScriptedModel.rambling();

    assertThat(annotator().annotate(pair("p1"), model, 4))
        .isEqualTo(annotator().annotate(pair("p1"), model, 4));
  }

  @Test
  void annotate_manyThreads_eachKeepsItsOwnPair() throws InterruptedException {
    JudgmentAnnotator annotator = annotator();
    LanguageModel model = ScriptedModel.saying(preferFirst());

    List<Annotation> annotations =
        Concurrently.run(i -> annotator.annotate(pair("p" + i), model, i));

    for (int i = 0; i < annotations.size(); i++) {
      assertThat(annotations.get(i).pairId()).isEqualTo("p" + i);
    }
  }

  @Test
  void annotate_null_isRefused() {
    LanguageModel model = ScriptedModel.saying(preferFirst());

    assertThatNullPointerException().isThrownBy(() -> annotator().annotate(null, model, 1));
    assertThatNullPointerException().isThrownBy(() -> annotator().annotate(pair("p1"), null, 1));
  }

  private static LabeledPair pair(String id) {
    return new LabeledPair(
        id,
        new Instruction("of-" + id, "Name the capital of France.", "test"),
        "Paris.",
        "Lyon, of course.",
        Map.of());
  }
}
