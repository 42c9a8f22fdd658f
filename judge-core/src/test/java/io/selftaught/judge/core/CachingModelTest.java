package io.selftaught.judge.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.Generation.Token;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.LanguageModelContract;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.Preference;
import io.selftaught.judge.ScriptedModel;
import io.selftaught.judge.Usage;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.prompt.VerdictParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachingModelTest {

  private static final List<ChatMessage> HELLO = List.of(ChatMessage.user("Hello"));
  private static final GenerationConfig CONFIG =
      GenerationConfig.builder().temperature(0.5).topP(0.9).seed(7).samples(2).build();

  @TempDir Path directory;

  @Nested
  class Contract extends LanguageModelContract {
    private final AtomicInteger files = new AtomicInteger();

    @Override
    protected LanguageModel open() {
      Path file = directory.resolve("contract" + files.incrementAndGet());
      return Judges.caching(ScriptedModel.rambling(), file);
    }

    @Override
    protected List<ChatMessage> tooLong() {
      return ScriptedModel.tooLong();
    }
  }

  @Nested
  class InMemoryContract extends LanguageModelContract {
    @Override
    protected LanguageModel open() {
      return Judges.caching(ScriptedModel.rambling(), 100);
    }

    @Override
    protected List<ChatMessage> tooLong() {
      return ScriptedModel.tooLong();
    }
  }

  private LanguageModel caching(LanguageModel model) {
    return Judges.caching(model, directory.resolve("answers.jsonl"));
  }

  @Test
  void sameQuestion_isAskedOnceAlsoInALaterRun() {
    ScriptedModel model = ScriptedModel.rambling();
    List<Generation> answer;
    try (LanguageModel cached = caching(model)) {
      answer = cached.generate(HELLO, CONFIG);
      assertThat(cached.generate(HELLO, CONFIG)).isEqualTo(answer);
    }
    try (LanguageModel cached = caching(model)) {
      assertThat(cached.generate(HELLO, CONFIG)).isEqualTo(answer);
    }

    assertThat(model.written()).hasSize(2);
    assertThat(model.isClosed()).isFalse();
  }

  @Test
  void everythingThatAnAnswerDependsOn_isPartOfTheKey() {
    AtomicInteger asked = new AtomicInteger();
    LanguageModel model = counting(asked, "m");
    List<UnaryOperator<GenerationConfig.Builder>> changes =
        List.of(
            c -> c,
            c -> c.maxTokens(3),
            c -> c.temperature(0.6),
            c -> c.topP(0.8),
            c -> c.samples(3),
            c -> c.seed(8),
            c -> c.stop("a, b"),
            c -> c.stop("a", "b"),
            c -> c.choices("a", "b"),
            c -> c.logProbabilities(true));
    List<List<ChatMessage>> conversations =
        List.of(
            List.of(ChatMessage.user("Hello!")),
            List.of(ChatMessage.assistant("Hello")),
            List.of(ChatMessage.system("Be brief."), HELLO.get(0)));
    try (LanguageModel cached = caching(model)) {
      changes.forEach(c -> cached.generate(HELLO, c.apply(CONFIG.toBuilder()).build()));
      conversations.forEach(messages -> cached.generate(messages, CONFIG));
    }
    try (LanguageModel other = caching(counting(asked, "n"))) {
      other.generate(HELLO, CONFIG);
    }

    assertThat(asked).hasValue(changes.size() + conversations.size() + 1);
  }

  @Test
  void inMemory_fullCache_forgetsWhatWasNotWantedForLongest() {
    AtomicInteger asked = new AtomicInteger();
    LanguageModel cached = Judges.caching(counting(asked, "m"), 3);
    for (long seed : new long[] {1, 2, 3, 1, 4}) { // 4 takes the place of 2
      cached.generate(HELLO, seeded(seed));
    }
    assertThat(asked).hasValue(4);

    for (long seed : new long[] {1, 3, 4}) {
      cached.generate(HELLO, seeded(seed));
    }
    assertThat(asked).as("remembered").hasValue(4);
    cached.generate(HELLO, seeded(2));
    assertThat(asked).as("forgotten").hasValue(5);
  }

  private static GenerationConfig seeded(long seed) {
    return CONFIG.toBuilder().seed(seed).build();
  }

  @Test
  void inMemory_failure_isNotKept() {
    AtomicInteger asked = new AtomicInteger();
    LanguageModel cached =
        Judges.caching(
            (messages, config) -> {
              if (asked.incrementAndGet() == 1) {
                throw new ModelException("out of order");
              }
              return List.of(Generation.of("x"));
            },
            3);

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> cached.generate(HELLO, CONFIG));
    assertThat(cached.generate(HELLO, CONFIG)).hasSize(1);
  }

  @Test
  void inMemory_noEntries_isRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Judges.caching(ScriptedModel.rambling(), 0))
        .withMessage("entries must be at least 1, was 0");
  }

  private static LanguageModel counting(AtomicInteger asked, String name) {
    return new LanguageModel() {
      @Override
      public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
        asked.incrementAndGet();
        return List.of(Generation.of("x"));
      }

      @Override
      public String name() {
        return name;
      }
    };
  }

  @Test
  void answer_comesBackWhole() {
    List<Generation> answer =
        List.of(
            new Generation("[[A]]\n\u2028 é", FinishReason.LENGTH, Usage.of(3, 4), List.of()),
            new Generation(
                "",
                FinishReason.REFUSED,
                Usage.UNKNOWN,
                List.of(new Token("x", -0.1), new Token("", Double.NEGATIVE_INFINITY))));
    try (LanguageModel cached = caching(new Named("m", answer))) {
      cached.generate(HELLO, CONFIG);
    }

    try (LanguageModel cached = caching(new Named("m", List.of()))) {
      assertThat(cached.generate(HELLO, CONFIG)).isEqualTo(answer);
      assertThat(cached.name()).isEqualTo("m");
    }
  }

  /** A model that has one answer, or is out of order. */
  private record Named(String name, List<Generation> answer) implements LanguageModel {
    @Override
    public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
      if (answer.isEmpty()) {
        throw new ModelException("out of order");
      }
      return answer;
    }
  }

  @Test
  void failure_isNotRemembered() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    LanguageModel recovering =
        (messages, config) -> {
          if (calls.incrementAndGet() == 1) {
            throw new ModelException("out of order");
          }
          return List.of(Generation.of("well again"));
        };
    try (LanguageModel cached = caching(recovering)) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> cached.generate(HELLO, CONFIG))
          .withMessage("out of order");
      assertThat(Files.size(directory.resolve("answers.jsonl"))).isZero();
      assertThat(cached.generate(HELLO, CONFIG).get(0).text()).isEqualTo("well again");
    }
  }

  @Test
  void error_passesThrough() {
    LanguageModel broken =
        (messages, config) -> {
          throw new OutOfMemoryError("pretended");
        };
    try (LanguageModel cached = caching(broken)) {
      assertThatExceptionOfType(OutOfMemoryError.class)
          .isThrownBy(() -> cached.generate(HELLO, CONFIG));
    }
  }

  @Test
  void sameQuestionAtTheSameMoment_isAskedOnce() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    LanguageModel slow =
        (messages, config) -> {
          asked.incrementAndGet();
          started.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return List.of(Generation.of("x"));
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (LanguageModel cached = caching(slow)) {
      List<Future<List<Generation>>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(threads.submit(() -> cached.generate(HELLO, CONFIG)));
      }
      started.await();
      release.countDown();
      for (Future<List<Generation>> call : calls) {
        assertThat(call.get()).containsExactly(Generation.of("x"));
      }
    }
    threads.shutdown();

    assertThat(asked).hasValue(1);
    try (Stream<String> lines = Files.lines(directory.resolve("answers.jsonl"))) {
      assertThat(lines).hasSize(1);
    }
  }

  /** A call that is cancelled while it is written down must not take the file from all others. */
  @Test
  void interruptedCall_leavesTheFileToOthers() {
    AtomicInteger asked = new AtomicInteger();
    LanguageModel heedless =
        (messages, config) -> {
          asked.incrementAndGet();
          Thread.currentThread().interrupt();
          return List.of(Generation.of("late"));
        };
    try (LanguageModel cached = caching(heedless)) {
      assertThat(cached.generate(HELLO, CONFIG)).containsExactly(Generation.of("late"));
      assertThat(Thread.interrupted()).isTrue();
    }
    try (LanguageModel cached = caching(heedless)) {
      assertThat(cached.generate(HELLO, CONFIG)).containsExactly(Generation.of("late"));
    }
    assertThat(asked).as("found in the file").hasValue(1);
  }

  @Test
  void secondCacheOnTheSameFile_isRefused() {
    try (LanguageModel cached = caching(ScriptedModel.rambling())) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> caching(ScriptedModel.rambling()))
          .withMessageContaining("answers.jsonl is being written already");
      assertThat(cached.generate(HELLO, CONFIG)).hasSize(2);
    }
  }

  @Test
  void betterParser_readsOldAnswersWithoutAsking() {
    ScriptedModel model = ScriptedModel.saying("It is right.\n\nMy final verdict is A");
    JudgePrompt strict = JudgePrompt.standard();
    JudgePrompt lenient = strict.toBuilder().parser(VerdictParser.lenient()).build();
    GenerationConfig config = GenerationConfig.greedy(100);
    try (LanguageModel cached = caching(model)) {
      assertThat(
              Judges.prompted(cached, strict, config).compare("Q", "a", "b").verdict().preference())
          .isEmpty();
      assertThat(
              Judges.prompted(cached, lenient, config)
                  .compare("Q", "a", "b")
                  .verdict()
                  .preference())
          .hasValue(Preference.A);
    }

    assertThat(model.written()).hasSize(1);
  }

  @Test
  void brokenFile_isRefusedWithItsLine() throws IOException {
    Files.writeString(directory.resolve("answers.jsonl"), "{\"key\":\"k\"}\n");

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> caching(ScriptedModel.rambling()))
        .withMessageContaining("answers.jsonl")
        .withMessageContaining("1");
  }
}
