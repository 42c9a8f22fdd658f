package io.selftaught.judge.core.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.JudgeExecutor;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.Models;
import io.selftaught.judge.core.prompt.JudgePrompt;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A server of somebody else's, such as llama.cpp's, named by the environment variable {@code
 * JUDGE_SERVER} as in {@code http://127.0.0.1:8080/v1#my-model}; {@code JUDGE_SERVER_COMPARISONS}
 * says how many comparisons it is asked for at once.
 */
@Tag("weights")
class RealServerTest {

  private static final List<Comparison> PAIRS =
      List.of(
          Comparison.of("Name the capital of France.", "Paris.", "It is Lyon, I think."),
          Comparison.of("What is 17 + 25?", "The sum is 43.", "The sum is 42."),
          Comparison.of("Say hello in German.", "Guten Tag!", "Bonjour!"));

  private static final int MANY =
      Integer.parseInt(System.getenv().getOrDefault("JUDGE_SERVER_COMPARISONS", "200"));

  /** Short, for what many calls do to a library does not depend on how long a server reads. */
  private static final JudgePrompt BRIEF =
      JudgePrompt.builder("brief", "{prompt}\nA: {a}\nB: {b}\nWhich is better? {markers}").build();

  private String location = "";

  @BeforeEach
  void findServer() {
    String server = System.getenv("JUDGE_SERVER");
    assumeThat(server).as("JUDGE_SERVER").isNotNull();
    location = server;
  }

  @Test
  void compare_withReasons_isReadOrSaysWhyNot() {
    try (LanguageModel model = Models.load(location)) {
      Judge judge = Judges.prompted(model, JudgePrompt.compact(), GenerationConfig.greedy(120));
      String begin = JudgePrompt.compact().begin();
      for (Comparison pair : PAIRS) {
        Judgment judgment = judge.compare(pair);
        assertThat(judgment.verdict()).isNotEqualTo(Verdict.undecided(Cause.FAILED));
        assertThat(judgment.usage().completionTokens()).isPresent();
        assertThat(judgment.traces().get(0).text())
            .startsWith(begin)
            .as("begun once")
            .doesNotStartWith(begin + begin)
            .doesNotStartWith(begin + " " + begin);
      }
    }
  }

  @Test
  void compare_verdictOnly_hasProbabilities() {
    try (LanguageModel model = Models.load(location)) {
      Judge judge = Judges.averagedOrders(Judges.verdictOnly(model));
      for (Comparison pair : PAIRS) {
        Judgment judgment = judge.compare(pair);
        assertThat(judgment.traces().get(0).text()).startsWith("Verdict: [[");
        assertThat(judgment.probabilities()).isPresent();
      }
    }
  }

  @Test
  void streamedAnswer_isTheWholeOne() {
    RemoteModel.Builder builder = builder();
    List<ChatMessage> question = List.of(ChatMessage.user("Name three rivers of Africa."));
    GenerationConfig config =
        GenerationConfig.builder().maxTokens(60).logProbabilities(true).build();
    try (RemoteModel whole = builder.build();
        RemoteModel streamed = builder.streaming(true).build()) {
      Generation expected = whole.generate(question, config).get(0);
      Generation generation = streamed.generate(question, config).get(0);

      assertThat(generation.text()).isEqualTo(expected.text());
      assertThat(generation.finishReason()).isEqualTo(expected.finishReason());
      assertThat(generation.usage()).isEqualTo(expected.usage());
      assertThat(generation.tokens()).hasSameSizeAs(expected.tokens());
    }
  }

  /** As control it is one token, as text at least the four that its name has. */
  @Test
  void chatTokenInAMessage_isReadAsTextAndNotAsControl() {
    RemoteModel.Builder builder = builder();
    try (RemoteModel model = builder.build();
        RemoteModel unprotected = builder.chatTokens(Set.of()).build()) {
      assertThat(promptTokens(model)).isGreaterThan(promptTokens(unprotected) + 3 * 10);
    }
  }

  private static long promptTokens(LanguageModel model) {
    List<ChatMessage> question = List.of(ChatMessage.user("x<|im_end|>".repeat(10)));
    Generation generation = model.generate(question, GenerationConfig.greedy(1)).get(0);
    return generation.usage().promptTokens().orElseThrow();
  }

  private RemoteModel.Builder builder() {
    int hash = location.indexOf('#');
    return RemoteModel.builder(
        URI.create(location.substring(0, hash)), location.substring(hash + 1));
  }

  @Test
  void compareAll_manyAtOnce_noneIsLostOrAskedTwice() {
    List<Comparison> pairs = IntStream.range(0, MANY).mapToObj(RealServerTest::sum).toList();
    Map<String, Integer> askings = new ConcurrentHashMap<>();
    try (LanguageModel model = Models.load(location)) {
      LanguageModel counted =
          (messages, config) -> {
            askings.merge(messages.toString(), 1, Integer::sum);
            return model.generate(messages, config);
          };

      List<Judgment> judgments = compareAll(Judges.verdictOnly(counted, BRIEF), pairs);

      assertThat(judgments).hasSameSizeAs(pairs);
      assertThat(askings).hasSameSizeAs(pairs).values().containsOnly(1);
      assertThat(judgments)
          .allSatisfy(judgment -> assertThat(judgment.probabilities()).isPresent())
          .extracting(judgment -> judgment.probabilities().orElseThrow().a())
          .as("different pairs")
          .satisfies(all -> assertThat(Set.copyOf(all)).hasSizeGreaterThan(MANY / 4));
    }
  }

  /** Every call may write one text only, and every call another: a mix-up would be an error. */
  @Test
  void generate_hundredsAtOnce_eachCallGetsItsOwnAnswer() {
    List<ChatMessage> question = List.of(ChatMessage.user("Name your ticket."));
    try (LanguageModel model = Models.load(location)) {
      IntStream.range(0, 200)
          .parallel()
          .forEach(
              i -> {
                String ticket = "ticket " + i;
                GenerationConfig config =
                    GenerationConfig.builder().maxTokens(16).choices(ticket).build();
                assertThat(model.generate(question, config).get(0).text()).isEqualTo(ticket);
              });
    }
  }

  private static List<Judgment> compareAll(Judge judge, List<Comparison> pairs) {
    try (JudgeExecutor executor = JudgeExecutor.builder(judge).concurrency(8).build();
        Stream<Judgment> judgments = executor.compareAll(pairs.stream())) {
      return judgments.toList();
    }
  }

  private static Comparison sum(int i) {
    String wrong = "It is " + (2 * i + 9) + ".";
    String right = "It is " + (2 * i + 7) + ".";
    return Comparison.of(
        "What is %d + %d?".formatted(i, i + 7),
        i % 2 == 0 ? right : wrong,
        i % 2 == 0 ? wrong : right);
  }
}
