package io.selftaught.judge.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Preference;
import io.selftaught.judge.ScriptedModel;
import io.selftaught.judge.Verdict;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class JudgeAutoConfigurationTest {

  private final ScriptedModel model = ScriptedModel.saying("[[A]]");
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(JudgeAutoConfiguration.class));

  @Test
  void model_ofTheApplication_isAskedInBothOrdersAndClosedWithIt() {
    application
        .withBean(LanguageModel.class, () -> model)
        .run(
            context -> {
              Judgment judgment = context.getBean(Judge.class).compare("Why?", "So.", "Because.");
              assertThat(judgment.traces()).hasSize(2);
              assertThat(model.isClosed()).isFalse();
            });

    assertThat(model.isClosed()).isTrue();
  }

  @Test
  void votes_property_isTheNumberOfJudgmentsInEachOrder() {
    application
        .withBean(LanguageModel.class, () -> model)
        .withPropertyValues("judge.votes=3", "judge.max-tokens=64")
        .run(
            context -> {
              Judge judge = context.getBean(Judge.class);
              assertThat(judge.compare("Why?", "So.", "Because.").traces()).hasSize(6);
              assertThat(judge).asString().contains("samples=3", "maxTokens=64");
            });
  }

  @Test
  void model_property_isOpened() {
    application
        .withPropertyValues("judge.model=http://localhost:1/v1#some-model")
        .run(
            context ->
                assertThat(context.getBean(LanguageModel.class).name()).contains("some-model"));
  }

  @Test
  void model_thatNothingCanOpen_endsTheStartWithTheReason() {
    application
        .withPropertyValues("judge.model=nothing-like-a-model")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("nothing-like-a-model"));
  }

  @Test
  void judge_ofTheApplication_isKept() {
    Judge own = comparison -> Judgment.of(Verdict.decided(Preference.TIE));

    application
        .withBean(Judge.class, () -> own)
        .run(context -> assertThat(context.getBean(Judge.class)).isSameAs(own));
  }
}
