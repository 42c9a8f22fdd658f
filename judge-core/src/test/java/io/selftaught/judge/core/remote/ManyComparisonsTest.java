package io.selftaught.judge.core.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.JudgeExecutor;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.remote.FakeServer.Answer;
import io.selftaught.judge.core.remote.FakeServer.Request;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A long run against a server that does everything wrong now and then. */
@Timeout(300)
class ManyComparisonsTest {

  private static final int COMPARISONS = 10_000;
  private static final int EVERY = 20;
  private static final int MAX_RESPONSE_BYTES = 100_000;
  private static final long GIGABYTE = 1L << 30;

  /** What is kept of a comparison that is done would be far more: a request alone has 1 kB. */
  private static final long MEMORY_FOR_THE_RUN = 8L << 20;

  private static final Pattern ITEM = Pattern.compile("item-(\\d+)\\.");

  /** What goes wrong, and what is left of it: nothing, or a failure with these words. */
  private enum Misdeed {
    RATE_LIMIT("", true),
    RATE_LIMIT_WITH_TIME("", true),
    SERVER_ERROR("", true),
    HANG("", true),
    NO_ANSWER_AT_ALL("", true),
    RESET("", true),
    NO_USAGE("", false),
    HALF_A_JSON("broken", false),
    OTHER_CONTENT_TYPE("instead of JSON", false),
    GIGABYTE_BODY("more than " + MAX_RESPONSE_BYTES + " bytes", false),
    SAME_CHOICE_TWICE("two choices have the index 0", false),
    NOT_FOUND("did not accept the request", false);

    private final String words;
    private final boolean onceOnly;

    Misdeed(String words, boolean onceOnly) {
      this.words = words;
      this.onceOnly = onceOnly;
    }
  }

  private final Map<Integer, AtomicInteger> tries = new ConcurrentHashMap<>();
  private final List<Long> takenOfGigabytes = new CopyOnWriteArrayList<>();
  private final List<Long> memory = new ArrayList<>();

  @Test
  void manyComparisons_hostileServer_noneIsLostOrDoubledAndMemoryIsBounded() {
    try (SocketServer server = new SocketServer(this::answer);
        RemoteModel model =
            FakeServer.impatient(server.url())
                .requestTimeout(Duration.ofSeconds(1))
                .deadline(Duration.ofMinutes(1))
                .maxRetries(8)
                .maxResponseBytes(MAX_RESPONSE_BYTES)
                .build();
        JudgeExecutor executor = JudgeExecutor.builder(judge(model)).concurrency(24).build();
        Stream<Judgment> judgments = executor.compareAll(comparisons())) {
      AtomicInteger next = new AtomicInteger();
      judgments.forEach(
          judgment -> {
            check(next.getAndIncrement(), judgment);
            if (next.get() % 1_000 == 0) {
              memory.add(usedMemory());
            }
          });

      assertThat(next).hasValue(COMPARISONS);
      assertThat(tries).hasSize(COMPARISONS);
      assertThat(takenOfGigabytes)
          .hasSizeGreaterThan(20)
          .allSatisfy(bytes -> assertThat(bytes).isLessThan(GIGABYTE / 10));
      assertThat(memory)
          .hasSize(COMPARISONS / 1_000)
          .allSatisfy(bytes -> assertThat(bytes - memory.get(0)).isLessThan(MEMORY_FOR_THE_RUN));
    }
  }

  private static long usedMemory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static Judge judge(RemoteModel model) {
    return Judges.prompted(model, JudgePrompt.compact(), GenerationConfig.greedy(50));
  }

  private static Stream<Comparison> comparisons() {
    return IntStream.range(0, COMPARISONS)
        .mapToObj(i -> Comparison.of("item-" + i + ".", "a", "b"));
  }

  private void check(int item, Judgment judgment) {
    String words = misdeed(item).map(m -> m.words).findFirst().orElse("");
    Trace trace = judgment.traces().get(0);
    if (words.isEmpty()) {
      Preference right = item % 3 == 0 ? Preference.A : Preference.B;
      assertThat(judgment.verdict()).as(trace.text()).isEqualTo(Verdict.decided(right));
      assertThat(trace.text()).contains("item-" + item + ".");
    } else {
      assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Cause.FAILED));
      assertThat(trace.text()).contains(words);
    }
    boolean usageKnown = words.isEmpty() && misdeed(item).noneMatch(Misdeed.NO_USAGE::equals);
    assertThat(judgment.usage().promptTokens().isPresent()).isEqualTo(usageKnown);
    assertThat(tries.get(item).get()).isEqualTo(misdeed(item).anyMatch(m -> m.onceOnly) ? 2 : 1);
  }

  /** One item in so many is mistreated, each in its turn; hangs are rarer, for they take time. */
  private static Stream<Misdeed> misdeed(int item) {
    Misdeed misdeed = Misdeed.values()[item / EVERY % Misdeed.values().length];
    boolean mistreated = item % EVERY == 0 && (misdeed != Misdeed.HANG || item % 2_400 == 60);
    return mistreated ? Stream.of(misdeed) : Stream.empty();
  }

  private void answer(Request request, Socket socket) throws IOException {
    if (request.path().endsWith("/models")) {
      String models = "{\"data\":[{\"id\":\"tiny\",\"owned_by\":\"vllm\"}]}";
      SocketServer.send(Answer.json(models), socket);
      return;
    }
    Matcher id = ITEM.matcher(request.body().records("messages").get(0).text("content"));
    assertThat(id.find()).isTrue();
    int item = Integer.parseInt(id.group(1));
    boolean first = tries.computeIfAbsent(item, i -> new AtomicInteger()).incrementAndGet() == 1;
    Optional<Misdeed> misdeed = misdeed(item).filter(m -> first || !m.onceOnly).findFirst();
    if (misdeed.isEmpty()) {
      SocketServer.send(Answer.json(reply(item, true)), socket);
    } else {
      commit(misdeed.get(), item, socket);
    }
  }

  private void commit(Misdeed misdeed, int item, Socket socket) throws IOException {
    switch (misdeed) {
      case HANG -> hang();
      case NO_ANSWER_AT_ALL -> socket.close();
      case RESET -> {
        socket.setSoLinger(true, 0);
        socket.close();
      }
      case GIGABYTE_BODY ->
          takenOfGigabytes.add(SocketServer.sendLong(Answer.json("{\"a\":\""), GIGABYTE, socket));
      default -> SocketServer.send(wrong(misdeed, item), socket);
    }
  }

  private static Answer wrong(Misdeed misdeed, int item) {
    return switch (misdeed) {
      case RATE_LIMIT -> Answer.status(429, "{\"error\":{\"message\":\"slow down\"}}");
      case RATE_LIMIT_WITH_TIME -> Answer.status(429, "").with("Retry-After", "0.02");
      case SERVER_ERROR -> Answer.status(500, "Internal Server Error");
      case NO_USAGE -> Answer.json(reply(item, false));
      case HALF_A_JSON -> Answer.json(reply(item, true).substring(0, 40));
      case OTHER_CONTENT_TYPE ->
          new Answer(200, Map.of("Content-Type", "text/html"), "<html>Welcome</html>");
      case SAME_CHOICE_TWICE ->
          Answer.json("{\"choices\":[" + choice(item) + "," + choice(item) + "]}");
      case NOT_FOUND -> Answer.status(404, "{\"error\":\"no such model\"}");
      default -> throw new AssertionError(misdeed);
    };
  }

  /** Longer than the client waits, which tries again meanwhile. */
  private static void hang() {
    try {
      Thread.sleep(3_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String reply(int item, boolean usage) {
    return "{\"choices\":["
        + choice(item)
        + "]"
        + (usage ? ",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}" : "")
        + "}";
  }

  private static String choice(int item) {
    String text = " item-" + item + ".\nVerdict: [[" + (item % 3 == 0 ? "A" : "B") + "]]";
    return JsonRecord.builder()
        .put("index", 0)
        .put("message", JsonRecord.builder().put("content", text).build())
        .put("finish_reason", "stop")
        .build()
        .toString();
  }
}
