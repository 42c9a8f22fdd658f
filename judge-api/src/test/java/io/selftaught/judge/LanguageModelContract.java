package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.selftaught.judge.Generation.FinishReason;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link LanguageModel} keeps to. Extend it beside the implementation. */
public abstract class LanguageModelContract {

  private static final GenerationConfig SAMPLING =
      GenerationConfig.builder().maxTokens(12).temperature(0.9).topP(0.95).seed(7).build();

  private LanguageModel model;

  /** Returns a model of its own for one test, which closes it. */
  protected abstract LanguageModel open();

  /** Returns a conversation that the context does not hold. */
  protected abstract List<ChatMessage> tooLong();

  /** Returns a conversation to which the model has at least two tokens to say. */
  protected List<ChatMessage> conversation() {
    return List.of(ChatMessage.user("Tell me of the sea."));
  }

  @BeforeEach
  final void openModel() {
    model = open();
  }

  @AfterEach
  final void closeModel() {
    model.close();
  }

  @Test
  void generate_nSamples_givesN() {
    assertThat(model.generate(conversation(), samples(5))).hasSize(5);
  }

  @Test
  void generate_sameSeed_givesTheSameTexts() {
    assertThat(texts(conversation(), samples(3))).isEqualTo(texts(conversation(), samples(3)));
  }

  @Test
  void generate_fewerSamples_areTheFirstOfMore() {
    assertThat(texts(conversation(), samples(4)))
        .startsWith(texts(conversation(), samples(2)).toArray(String[]::new));
  }

  @Test
  void generate_greedy_givesEverySampleTheSameText() {
    GenerationConfig greedy = GenerationConfig.greedy(12).toBuilder().samples(3).build();

    assertThat(List.copyOf(texts(conversation(), greedy)).stream().distinct()).hasSize(1);
  }

  @Test
  void generate_stopText_endsTheSampleBeforeIt() {
    String full = texts(conversation(), SAMPLING).get(0);
    int middle = stopIndex(full);
    String stop = full.substring(middle, middle + 1);
    Generation stopped = first(SAMPLING.toBuilder().stop(stop, "never-written").build());

    assertThat(stopped.text()).isEqualTo(full.substring(0, full.indexOf(stop)));
    assertThat(stopped.finishReason()).isEqualTo(FinishReason.STOP);
  }

  /** A character near the middle that is whole: neither half of a pair nor a broken sequence. */
  private static int stopIndex(String text) {
    assertThat(text)
        .as("override conversation(): the model has too little to say")
        .hasSizeGreaterThan(1);
    for (int i = text.length() / 2; i < text.length(); i++) {
      if (!Character.isSurrogate(text.charAt(i)) && text.charAt(i) != '\uFFFD') {
        return i;
      }
    }
    throw new AssertionError("no whole character to stop at in: " + text);
  }

  @Test
  void generate_choices_writesOneOfThem() {
    GenerationConfig config =
        samples(6).toBuilder().choices("A", "B is the better answer", "neither").build();

    assertThat(texts(conversation(), config))
        .hasSize(6)
        .allSatisfy(text -> assertThat(text).isIn("A", "B is the better answer", "neither"));
  }

  @Test
  void generate_maxTokens_cutsTheSampleAndSaysSo() {
    Generation generation = first(SAMPLING.toBuilder().maxTokens(1).build());

    assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(first(SAMPLING).text()).startsWith(generation.text().replace("\uFFFD", ""));
    generation.usage().completionTokens().ifPresent(n -> assertThat(n).isEqualTo(1));
  }

  @Test
  void generate_samples_countThePromptOnce() {
    List<Generation> generations = model.generate(conversation(), samples(3));

    generations.get(0).usage().promptTokens().ifPresent(n -> assertThat(n).isPositive());
    assertThat(generations.subList(1, 3))
        .allSatisfy(g -> g.usage().promptTokens().ifPresent(n -> assertThat(n).isZero()));
  }

  @Test
  void generate_logProbabilities_areGivenWhereAskedAndNeverAboveZero() {
    Generation generation = first(SAMPLING.toBuilder().logProbabilities(true).build());

    assertThat(generation.tokens()).isNotEmpty();
    assertThat(generation.tokens())
        .allSatisfy(token -> assertThat(token.logProbability()).isLessThanOrEqualTo(0));
    assertThat(first(SAMPLING).tokens()).isEmpty();
  }

  @Test
  void generate_choicesWithLogProbabilities_alternativesHoldTheTokenItself() {
    GenerationConfig config =
        SAMPLING.toBuilder().choices("yes", "no").logProbabilities(true).build();

    Generation.Token token = first(config).tokens().get(0);

    if (!token.alternatives().isEmpty()) {
      assertThat(token.alternatives()).containsEntry(token.text(), token.logProbability());
      assertThat(token.alternatives().values().stream().mapToDouble(Math::exp).sum())
          .isLessThan(1 + 1e-6);
    }
  }

  @Test
  void generate_modelsOwnLastMessage_isContinued() {
    List<ChatMessage> begun =
        List.of(conversation().get(0), ChatMessage.assistant("The sea is deep and"));

    assertThat(model.generate(begun, SAMPLING)).hasSize(1);
  }

  @Test
  void generate_manyThreads_giveWhatOneThreadGives() throws InterruptedException {
    List<List<String>> concurrent = Concurrently.run(i -> texts(numbered(i), seeded(i)));

    for (int i = 0; i < concurrent.size(); i++) {
      assertThat(concurrent.get(i)).isEqualTo(texts(numbered(i), seeded(i)));
    }
  }

  @Test
  void generate_noMessage_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.generate(List.of(), SAMPLING))
        .withMessageContaining("messages");
    assertThatNullPointerException().isThrownBy(() -> model.generate(null, SAMPLING));
    assertThatNullPointerException().isThrownBy(() -> model.generate(conversation(), null));
  }

  @Test
  void generate_beyondTheContext_isRefusedNotCut() {
    assertThatExceptionOfType(ContextLengthException.class)
        .isThrownBy(() -> model.generate(tooLong(), SAMPLING));
  }

  @Test
  void generate_closed_isRefused() {
    model.close();
    model.close();

    assertThatIllegalStateException().isThrownBy(() -> model.generate(conversation(), SAMPLING));
  }

  @Test
  void name_isTheSameForTheSameWeights() {
    try (LanguageModel other = open()) {
      assertThat(model.name()).isNotBlank().isEqualTo(other.name());
    }
  }

  private static GenerationConfig samples(int n) {
    return SAMPLING.toBuilder().samples(n).build();
  }

  private static GenerationConfig seeded(int i) {
    return SAMPLING.toBuilder().seed(i).samples(1 + i % 3).build();
  }

  private static List<ChatMessage> numbered(int i) {
    return List.of(ChatMessage.user("Story number " + i + ", please." + " More.".repeat(i)));
  }

  private Generation first(GenerationConfig config) {
    return model.generate(conversation(), config).get(0);
  }

  private List<String> texts(List<ChatMessage> messages, GenerationConfig config) {
    return model.generate(messages, config).stream().map(Generation::text).toList();
  }
}
