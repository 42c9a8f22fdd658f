package io.selftaught.judge.core.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.base.Throwables;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.JudgeExecutor;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.remote.FakeServer.Answer;
import io.selftaught.judge.core.remote.FakeServer.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that repeats all it is told in whatever it does wrong. */
@Timeout(60)
class SecrecyTest {

  private static final String KEY = "sk-of-great-secrecy";
  private static final String PROMPT = "the prompt of the user";
  private static final String REPLY = "the reasons of the judge";
  private static final String ECHO = KEY + ", " + PROMPT + ", " + REPLY;
  private static final Pattern ITEM = Pattern.compile("item-(\\d+)\\.");

  /** What goes wrong with the first try of each comparison; the first two are tried again. */
  private static final List<Answer> MISDEEDS =
      List.of(
          Answer.status(503, error(ECHO)),
          Answer.status(400, error("temperature is not supported: " + ECHO)),
          Answer.status(401, error("Bad key: " + ECHO)),
          Answer.status(401, "Bad key: " + ECHO),
          Answer.json("{\"choices\":[\"" + ECHO),
          Answer.json(reply("tool_calls")),
          Answer.status(302, ECHO).with("Location", "http://localhost:1/?" + KEY));

  private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();

  private static String error(String message) {
    JsonRecord error = JsonRecord.builder().put("message", message).build();
    return JsonRecord.builder().put("error", error).build().toString();
  }

  private static String reply(String finishReason) {
    return "{\"choices\":[{\"message\":{\"content\":\"%s\\n[[A]]\"},\"finish_reason\":\"%s\"}]}"
        .formatted(REPLY, finishReason);
  }

  private Answer answer(Request request) {
    List<JsonRecord> messages = request.body().records("messages");
    Matcher item = ITEM.matcher(messages.get(messages.size() - 1).text("content"));
    assertThat(item.find()).isTrue();
    boolean first =
        tries.computeIfAbsent(item.group(1), i -> new AtomicInteger()).incrementAndGet() == 1;
    return first
        ? MISDEEDS.get(Integer.parseInt(item.group(1)) % MISDEEDS.size())
        : Answer.json(reply("stop"));
  }

  @Test
  void judgingInTrouble_logsNoKeyAndNothingOfPromptsAndAnswers(@TempDir Path directory) {
    try (LogRecords log = LogRecords.collect();
        FakeServer server = FakeServer.answering(this::answer);
        RemoteModel model = server.model().apiKey(() -> KEY).build();
        LanguageModel cached = Judges.caching(model, directory.resolve("answers.jsonl"));
        JudgeExecutor executor =
            JudgeExecutor.builder(Judges.bothOrders(Judges.prompted(cached))).build();
        Stream<Judgment> stream = executor.compareAll(comparisons())) {
      List<Judgment> judgments = stream.toList();

      assertThat(server.requests())
          .allSatisfy(r -> assertThat(r.authorization()).hasValue("Bearer " + KEY));
      assertThat(judgments)
          .extracting(Judgment::verdict)
          .contains(Verdict.undecided(Cause.FAILED), Verdict.undecided(Cause.INCONSISTENT));
      assertThat(judgments.stream().flatMap(j -> j.traces().stream()).map(Trace::text))
          .noneMatch(text -> text.contains(KEY));
      assertThat(log.from(Level.ALL))
          .anyMatch(line -> line.contains("Try {0} failed"))
          .noneMatch(line -> line.contains(KEY));
      assertThat(log.from(Level.INFO))
          .anyMatch(line -> line.contains("temperature"))
          .noneMatch(line -> line.contains(PROMPT) || line.contains(REPLY));
    }
  }

  private static Stream<Comparison> comparisons() {
    return IntStream.range(0, 4 * MISDEEDS.size())
        .mapToObj(i -> Comparison.of(PROMPT + " item-" + i + ".", "x", "y"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 4, 5, 6})
  void failure_withAllItsCauses_doesNotTellTheKey(int misdeed) {
    try (FakeServer server = FakeServer.answering(request -> MISDEEDS.get(misdeed));
        RemoteModel model = server.model().apiKey(() -> KEY).build()) {
      Throwable failure =
          catchThrowable(
              () -> model.generate(List.of(ChatMessage.user("Hello")), GenerationConfig.greedy(5)));

      assertThat(failure).isNotNull();
      assertThat(Throwables.getStackTraceAsString(failure)).doesNotContain(KEY);
    }
  }
}
