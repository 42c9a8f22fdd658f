package io.selftaught.judge.core.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import com.google.common.util.concurrent.Uninterruptibles;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.JsonRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {

  @TempDir Path dir;
  private Path out;

  @BeforeEach
  void nameDirectory() {
    out = dir.resolve("out");
  }

  @Test
  void run_manyThreads_reportsInTheOrderOfThePairs() {
    List<LabeledComparison> pairs = pairs(200);

    EvaluationReport report = Evaluation.of(new Scripted(p -> "A")).withThreads(16).run(pairs);

    assertThat(report.judged()).extracting(Judged::item).isEqualTo(pairs);
  }

  @Test
  void run_limit_takesPairsAtEvenDistances() {
    EvaluationReport report = Evaluation.of(new Scripted(p -> "A")).withLimit(4).run(pairs(10));

    assertThat(report.judged())
        .extracting(judged -> judged.item().id())
        .containsExactly("0", "2", "5", "7");
  }

  @Test
  void run_listener_hearsOfEveryPairOneByOne() {
    List<ProgressEvent> events = new ArrayList<>();

    Evaluation.of(new Scripted(p -> "A")).withListener(events::add).run(pairs(50));

    assertThat(events).hasSize(50);
    assertThat(events)
        .extracting(ProgressEvent::done)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).mapToObj(i -> (long) i).toList());
    assertThat(events.get(49).metrics()).containsEntry("accuracy", 0.5);
  }

  @Test
  void run_clock_givesPairsPerMinute() {
    long[] nanos = {0};
    Judge judge =
        new Scripted(
            p -> {
              nanos[0] += 2_000_000_000L;
              return "A";
            });

    EvaluationReport report =
        Evaluation.of(judge)
            .withThreads(1)
            .withTicker(
                new Ticker() {
                  @Override
                  public long read() {
                    return nanos[0];
                  }
                })
            .run(pairs(10));

    assertThat(report.pairsPerMinute()).hasValue(30);
  }

  @Test
  void run_again_asksForNothingAndReportsTheSame() {
    Scripted judge = new Scripted(p -> "A");
    EvaluationReport first = Evaluation.of(judge).withDirectory(out).run(pairs(20));
    assertThat(judge.asked).hasSize(20);

    EvaluationReport second = Evaluation.of(judge).withDirectory(out).run(pairs(20));

    assertThat(judge.asked).hasSize(20);
    assertThat(second.judged()).isEqualTo(first.judged());
    assertThat(second.pairsPerMinute()).isEmpty();
    assertThat(JsonFile.read(out.resolve("report.json"))).isEqualTo(second.toJson());
  }

  @Test
  void run_afterACrash_asksOnlyForWhatIsMissing() throws IOException {
    Evaluation.of(new Scripted(p -> "A")).withDirectory(out).run(pairs(10));
    Path journal = out.resolve("judgments.jsonl");
    List<String> lines = Files.readAllLines(journal);
    String torn = String.join("\n", lines.subList(0, 6)) + "\n" + lines.get(6).substring(0, 40);
    Files.writeString(journal, torn);
    Files.delete(out.resolve("report.json"));

    Scripted judge = new Scripted(p -> "A");
    EvaluationReport report = Evaluation.of(judge).withDirectory(out).run(pairs(10));

    assertThat(judge.asked).hasSize(4);
    assertThat(report.judged()).hasSize(10);
    assertThat(Files.readAllLines(journal)).hasSize(10);
  }

  @Test
  void run_failedBefore_isAskedAgainAndTheLaterJudgmentCounts() {
    Evaluation.of(new Scripted(p -> p.equals("Prompt 3") ? "FAILED" : "A"))
        .withDirectory(out)
        .run(pairs(5));
    Scripted judge = new Scripted(p -> "B");

    EvaluationReport report = Evaluation.of(judge).withDirectory(out).run(pairs(5));
    Evaluation.of(judge).withDirectory(out).run(pairs(5));

    assertThat(judge.asked).containsExactly("Prompt 3");
    assertThat(report.undecided()).isEmpty();
  }

  @Test
  void read_earlierRun_isItsReportWithoutAskingAndComparesWithAnother() {
    Scripted first = new Scripted(p -> "A");
    EvaluationReport before = Evaluation.of(first).withDirectory(out).run(pairs(10));

    EvaluationReport read = Evaluation.read(out, pairs(12));

    assertThat(read.judged()).isEqualTo(before.judged());
    assertThat(read.judge()).isEqualTo(before.judge());
    assertThat(first.asked).hasSize(10);
    EvaluationReport after = Evaluation.of(new Scripted(p -> "FAILED")).run(pairs(12));
    assertThat(read.pairedWith(after)).isEqualTo(new PairedTest(10, 5, 0));
  }

  @Test
  void read_nothingOfThesePairs_isRefused() {
    Evaluation.of(new Scripted(p -> "A")).withDirectory(out).run(pairs(1));

    assertThatThrownBy(() -> Evaluation.read(dir.resolve("none"), pairs(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none holds no judgment of these pairs");
    assertThatThrownBy(() -> Evaluation.read(out, List.of()))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void run_directoryOfAnotherJudge_isRefused() {
    Evaluation.of(new Scripted(p -> "A")).withDirectory(out).run(pairs(3));
    Judge other =
        new Scripted(p -> "A") {
          @Override
          public String toString() {
            return "scripted with another rubric";
          }
        };

    assertThatThrownBy(() -> Evaluation.of(other).withDirectory(out).run(pairs(3)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("scripted with another rubric")
        .hasMessageContaining("another directory");
  }

  @Test
  void run_sameIdWithOtherTexts_isRefused() {
    Evaluation.of(new Scripted(p -> "A")).withDirectory(out).run(List.of(pair("1", "x", "A")));

    assertThatThrownBy(
            () ->
                Evaluation.of(new Scripted(p -> "A"))
                    .withDirectory(out)
                    .run(List.of(pair("1", "y", "A"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("pair 1");
  }

  @Test
  void run_directory_keepsTextsOfEveryAsking() throws IOException {
    Evaluation.of(new Scripted(p -> "UNPARSABLE")).withDirectory(out).run(pairs(1));

    JsonRecord line = JsonRecord.parse(Files.readString(out.resolve("judgments.jsonl")));
    assertThat(line.text("id")).isEqualTo("0");
    assertThat(line.text("preferred")).isEqualTo("A");
    assertThat(line.record("judgment").text("verdict")).isEqualTo("UNPARSABLE");
    assertThat(line.record("judgment").records("traces").get(0).text("text"))
        .isEqualTo("text for Prompt 0");
  }

  @Test
  void run_judgeThatThrows_stopsAndPassesItOn() {
    Judge broken =
        comparison -> {
          throw new IllegalStateException("closed");
        };

    assertThatThrownBy(() -> Evaluation.of(broken).run(pairs(30)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("closed");
  }

  @Test
  void run_interrupted_keepsWhatIsFinished() throws InterruptedException {
    CountDownLatch blocked = new CountDownLatch(1);
    Scripted judge =
        new Scripted(
            p -> {
              if (p.equals("Prompt 5")) {
                blocked.countDown();
                waitForInterrupt();
                return "FAILED";
              }
              return "A";
            });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                Evaluation.of(judge).withThreads(1).withDirectory(out).run(pairs(10));
              } catch (CancellationException e) {
                thrown.set(e);
              }
            });
    caller.start();
    blocked.await();
    caller.interrupt();
    caller.join();

    assertThat(thrown.get()).isInstanceOf(CancellationException.class);
    Scripted resumed = new Scripted(p -> "A");
    Evaluation.of(resumed).withDirectory(out).run(pairs(10));
    assertThat(resumed.asked)
        .contains("Prompt 5", "Prompt 9")
        .doesNotContain("Prompt 0", "Prompt 4");
  }

  @Test
  void run_callDeadline_isAFailureThatIsAskedAgain() {
    Judge hanging = new Scripted(p -> p.equals("Prompt 3") ? afterInterrupt() : "A");

    EvaluationReport report =
        Evaluation.of(hanging)
            .withCallDeadline(Duration.ofSeconds(1))
            .withDirectory(out)
            .run(pairs(10));

    assertThat(report.judged()).hasSize(10);
    assertThat(report.undecided()).isEqualTo(Map.of(Cause.FAILED, 1L));
    Scripted resumed = new Scripted(p -> "A");
    assertThat(Evaluation.of(resumed).withDirectory(out).run(pairs(10)).undecided()).isEmpty();
    assertThat(resumed.asked).containsExactly("Prompt 3");
  }

  @Test
  void run_runDeadline_leavesTheRestUnjudgedAndTheSameRunGoesOn() {
    Scripted hanging = new Scripted(p -> p.compareTo("Prompt 4") > 0 ? afterInterrupt() : "A");

    EvaluationReport report =
        Evaluation.of(hanging)
            .withThreads(1)
            .withRunDeadline(Duration.ofSeconds(2))
            .withDirectory(out)
            .run(pairs(10));

    assertThat(report.judged()).hasSize(5);
    assertThat(report.unjudged()).isEqualTo(5);
    assertThat(report.undecided()).isEmpty();
    assertThat(hanging.asked).endsWith("Prompt 5");
    Scripted resumed = new Scripted(p -> "A");
    EvaluationReport whole = Evaluation.of(resumed).withDirectory(out).run(pairs(10));
    assertThat(whole.judged()).hasSize(10);
    assertThat(whole.unjudged()).isZero();
    assertThat(resumed.asked).hasSize(5).contains("Prompt 5", "Prompt 9");
  }

  @Test
  void run_runDeadlineOfAJudgeThatCannotBeInterrupted_ends() {
    CountDownLatch release = new CountDownLatch(1);
    Judge deaf =
        new Scripted(
            p -> {
              Uninterruptibles.awaitUninterruptibly(release);
              return "A";
            });
    try {
      EvaluationReport report =
          Evaluation.of(deaf).withRunDeadline(Duration.ofMillis(200)).run(pairs(3));

      assertThat(report.unjudged()).isEqualTo(3);
      assertThat(report.accuracy()).isEqualTo(new Rate(0, 0));
    } finally {
      release.countDown();
    }
  }

  @Test
  void run_noPositiveDeadline_isRefused() {
    Evaluation evaluation = Evaluation.of(new Scripted(p -> "A"));

    assertThatThrownBy(() -> evaluation.withCallDeadline(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("callDeadline must be positive, was PT0S");
    assertThatThrownBy(() -> evaluation.withRunDeadline(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("runDeadline must be positive, was PT-1S");
  }

  private static String afterInterrupt() {
    waitForInterrupt();
    return "A";
  }

  @Test
  void run_noPairsOrTheSameIdTwice_isRefused() {
    Evaluation evaluation = Evaluation.of(new Scripted(p -> "A"));

    assertThatThrownBy(() -> evaluation.run(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pairs must not be empty");
    assertThatThrownBy(() -> evaluation.run(List.of(pair("1", "x", "A"), pair("1", "y", "A"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pairs has the id 1 twice");
    assertThatThrownBy(() -> evaluation.withThreads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be at least 1, was 0");
  }

  private static void waitForInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<LabeledComparison> pairs(int n) {
    return IntStream.range(0, n)
        .mapToObj(i -> pair(Integer.toString(i), "x", i % 2 == 0 ? "A" : "B"))
        .toList();
  }

  private static LabeledComparison pair(String id, String a, String preferred) {
    return new LabeledComparison(
        id, "", "", Comparison.of("Prompt " + id, a, "z"), Preference.valueOf(preferred));
  }

  /** A judge that follows a script from prompt to verdict, and remembers what it was asked. */
  private static class Scripted implements Judge {
    private final Function<String, String> script;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    Scripted(Function<String, String> script) {
      this.script = script;
    }

    @Override
    public Judgment compare(Comparison comparison) {
      asked.add(comparison.prompt());
      String word = script.apply(comparison.prompt());
      Verdict verdict =
          word.length() == 1
              ? Verdict.decided(Preference.valueOf(word))
              : Verdict.undecided(Cause.valueOf(word));
      Trace trace = new Trace(Order.AB, "text for " + comparison.prompt(), verdict, Usage.of(3, 4));
      return new Judgment(verdict, "", List.of(trace));
    }

    @Override
    public String toString() {
      return "scripted";
    }
  }
}
