package io.selftaught.judge.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.BudgetException;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.ContextLengthException;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.LanguageModelContract;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.ScriptedModel;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BudgetTest {

  private static final List<ChatMessage> HELLO = List.of(ChatMessage.user("one two three"));
  private static final GenerationConfig GREEDY = GenerationConfig.greedy(10);
  private static final Price PRICE = new Price(new BigDecimal("1"), new BigDecimal("4"));

  @Nested
  class Contract extends LanguageModelContract {
    private final ScriptedModel model = ScriptedModel.rambling();

    @Override
    protected LanguageModel open() {
      LanguageModel budgeted = Models.budgeted(model, Budget.ofTokens(Long.MAX_VALUE / 4));
      return new LanguageModel() {
        @Override
        public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
          return budgeted.generate(messages, config);
        }

        @Override
        public String name() {
          return budgeted.name();
        }

        @Override
        public void close() {
          model.close(); // which a decorator leaves to its owner
        }
      };
    }

    @Override
    protected List<ChatMessage> tooLong() {
      return ScriptedModel.tooLong();
    }
  }

  @Test
  void tokens_spent_endTheAsking() {
    Budget budget = Budget.ofTokens(8);
    LanguageModel model = Models.budgeted(ScriptedModel.saying("four words are written"), budget);

    model.generate(HELLO, GREEDY);
    assertThat(budget.spent()).isEqualTo(Usage.of(3, 4));
    model.generate(HELLO, GREEDY);

    assertThatExceptionOfType(BudgetException.class)
        .isThrownBy(() -> model.generate(HELLO, GREEDY))
        .withMessageContaining("14 tokens of 8 tokens");
    assertThat(budget.cost()).isEmpty();
  }

  @Test
  void money_isCountedByThePrice() {
    Budget budget = Budget.ofMoney(new BigDecimal("0.00002"), PRICE);
    LanguageModel model = Models.budgeted(ScriptedModel.saying("four words are written"), budget);

    model.generate(HELLO, GREEDY);

    assertThat(budget.cost())
        .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("0.000019"));
    model.generate(HELLO, GREEDY);
    assertThatExceptionOfType(BudgetException.class)
        .isThrownBy(() -> model.generate(HELLO, GREEDY));
  }

  @Test
  void unknownUsage_isUnknownAndStillEndsTheAsking() {
    Budget budget = Budget.ofTokens(100);
    LanguageModel silent = (messages, config) -> List.of(Generation.of("hm"));
    LanguageModel model = Models.budgeted(silent, budget);

    int calls = 0;
    while (calls < 1000 && !budget.isSpent()) {
      model.generate(HELLO, GREEDY);
      calls++;
    }

    assertThat(calls).isBetween(2, 10);
    assertThat(budget.spent().promptTokens()).isEmpty();
    assertThat(Budget.ofMoney(BigDecimal.ONE, PRICE).cost()).contains(new BigDecimal("0.000000"));
  }

  @Test
  void unknownUsage_ofSeveralSamples_mayHaveReadThePromptForEach() {
    Budget budget = Budget.ofTokens(100);
    LanguageModel silent =
        (messages, config) -> Collections.nCopies(config.samples(), Generation.of("hm"));

    Models.budgeted(silent, budget).generate(HELLO, GREEDY.toBuilder().samples(3).build());

    // 3 samples of at most 13 bytes, 16 tokens around them and 10 new ones
    assertThat(budget).hasToString("Budget[117 tokens of 100 tokens]");
  }

  @Test
  void failedCalls_countAsTheMostThatTheyMayHaveCost() {
    Budget budget = Budget.ofTokens(100);
    LanguageModel model = Models.budgeted(ScriptedModel.failing(), budget);

    for (int calls = 0; calls < 3; calls++) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> model.generate(HELLO, GREEDY));
    }

    assertThatExceptionOfType(BudgetException.class)
        .isThrownBy(() -> model.generate(HELLO, GREEDY))
        .withMessageContaining("117 tokens of 100 tokens");
    assertThat(budget.spent()).isEqualTo(Usage.UNKNOWN);
  }

  @Test
  void refusedCalls_costNothing() {
    Budget budget = Budget.ofTokens(100);
    List<RuntimeException> refusals =
        List.of(
            new ContextLengthException(9, 8),
            new InvalidInputException("no such model"),
            new BudgetException("spent"),
            new IllegalArgumentException("messages"),
            new IllegalStateException("closed"));

    for (RuntimeException refusal : refusals) {
      LanguageModel refusing =
          (messages, config) -> {
            throw refusal;
          };
      assertThatThrownBy(() -> Models.budgeted(refusing, budget).generate(HELLO, GREEDY))
          .isSameAs(refusal);
    }

    assertThat(budget.spent()).isEqualTo(Usage.NONE);
    assertThat(budget).hasToString("Budget[0 tokens of 100 tokens]");
  }

  @Test
  void judge_budgetSpent_isAFailedVerdictWithTheReason() {
    Budget budget = Budget.ofTokens(1);
    Judge judge = Judges.prompted(Models.budgeted(ScriptedModel.saying("[[A]]"), budget));
    judge.compare("p", "a", "b");

    Judgment judgment = judge.compare("p", "a", "b");

    assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Cause.FAILED));
    assertThat(judgment.traces().get(0).text()).contains("spent");
  }

  @Test
  void limits_senseless_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Budget.ofTokens(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Budget.ofMoney(BigDecimal.ZERO, PRICE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Price(BigDecimal.ONE, new BigDecimal("-1")));
  }
}
