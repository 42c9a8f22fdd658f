package io.selftaught.judge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Preference;
import io.selftaught.judge.core.safety.Canaries;
import io.selftaught.judge.core.safety.Canary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardOptionsTest {

  private static final Pattern ANSWERS =
      Pattern.compile(
          "Answer A (\\w+):\n(.*?)\n\nAnswer B \\1:\n(.*?)\n+Which answer follows", Pattern.DOTALL);

  @TempDir private Path temp;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Prefers the good answer of a canary, or Paris. */
  private ScriptedEngine sound() {
    return engine((text, seed) -> isFirstBetter(text));
  }

  /** Is right in three of four votes, which is a probability of (3 + 1) / (4 + 2). */
  private ScriptedEngine unsure() {
    return engine((text, seed) -> isFirstBetter(text) == (Math.floorMod(seed, 4) != 3));
  }

  private interface Choice {
    boolean isFirst(String text, long seed);
  }

  private ScriptedEngine engine(Choice choice) {
    return new ScriptedEngine(
        (messages, seed) -> {
          String text = messages.get(0).content();
          asked.add(text);
          return choice.isFirst(text, seed) ? "The first.\n[[A]]" : "The second.\n[[B]]";
        });
  }

  private static boolean isFirstBetter(String text) {
    Matcher shown = ANSWERS.matcher(text);
    assertThat(shown.find()).isTrue();
    return Canaries.standard(1).stream()
        .filter(canary -> text.contains(canary.comparison().prompt()))
        .filter(canary -> asSet(canary.comparison()).equals(Set.of(shown.group(2), shown.group(3))))
        .findFirst()
        .map(canary -> shown.group(2).equals(good(canary)))
        .orElse(shown.group(2).startsWith("Pari"));
  }

  private static Set<String> asSet(Comparison pair) {
    return Set.of(pair.a(), pair.b());
  }

  private static String good(Canary canary) {
    Comparison pair = canary.comparison();
    return canary.expected() == Preference.A ? pair.a() : pair.b();
  }

  @Test
  void answerLimit_refusesByDefaultAndSaysWhy() {
    CommandLineRun run = CommandLineRun.compare(sound(), "--answer-limit", 4);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Undecided: FAILED")
        .contains("Answer a has 5 characters and the limit is 4");
    assertThat(asked).isEmpty();
  }

  @Test
  void answerLimit_cut_showsTheBeginning() {
    CommandLineRun run =
        CommandLineRun.compare(sound(), "--answer-limit", 4, "--over-limit", "cut");

    assertThat(run.exitCode()).isZero();
    assertThat(asked)
        .isNotEmpty()
        .allSatisfy(
            text -> assertThat(text).contains("Pari\n[… cut here: 4 of 5").contains("Lyon"));
  }

  @Test
  void canaries_soundJudge_areAskedFirstAndReported() {
    CommandLineRun run = CommandLineRun.compare(sound(), "--canaries", 12);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Verdict: A").doesNotContain("canaries");
    assertThat(run.err()).contains("canaries right: 13/13");
    assertThat(asked.get(0)).doesNotContain("Lyon");
  }

  @Test
  void canaries_brokenJudge_stopsWithoutAVerdict() {
    CommandLineRun run = CommandLineRun.compare(engine((text, seed) -> true), "--canaries", 10);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("broken or under attack", "canaries right: 0/10")
        .doesNotContain("--verbose");
  }

  @Test
  void canaries_judgeThatAbstainsOrRefuses_isNotBroken() {
    CommandLineRun run =
        CommandLineRun.compare(
            unsure(), "--canaries", 10, "--votes", 4, "--abstain-below", 0.9, "--answer-limit", 5);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("canaries right: 11/11");
    assertThat(run.out()).startsWith("Undecided: UNSURE");
  }

  @Test
  void abstainBelow_keepsWhatIsAsLikely() {
    CommandLineRun sure = CommandLineRun.compare(unsure(), "--votes", 4, "--abstain-below", 0.66);
    CommandLineRun notEnough =
        CommandLineRun.compare(unsure(), "--votes", 4, "--abstain-below", 0.67);

    assertThat(sure.out()).startsWith("Verdict: A").contains("Probabilities: A 66.7%");
    assertThat(notEnough.out()).startsWith("Undecided: UNSURE");
  }

  @Test
  void calibration_correctsProbabilitiesAndSoWhatIsTooUnsure() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("c.json"), "{\"kind\": \"temperature\", \"temperature\": 2}");

    CommandLineRun corrected =
        CommandLineRun.compare(unsure(), "--votes", 4, "--calibration", file);
    CommandLineRun abstaining =
        CommandLineRun.compare(
            unsure(), "--votes", 4, "--calibration", file, "--abstain-below", 0.6);

    // √2 : 1
    assertThat(corrected.out()).startsWith("Verdict: A").contains("Probabilities: A 58.6%");
    assertThat(abstaining.out()).startsWith("Undecided: UNSURE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--canaries 9              | --canaries must be at least 10",
        "--abstain-below 0.5       | --abstain-below needs probabilities: add --verdict-only",
        "--abstain-below 1.5       | '1.5' is not a number from 0 to 1",
        "--answer-limit 0          | '0' is not a whole number of at least 1",
        "--over-limit drop         | expected one of",
        "--calibration none.json   | No such file: none.json",
        "--calibration CALIBRATION | --calibration needs probabilities",
        "--calibration OTHER       | \"mood\" is no kind of calibration"
      })
  void badOption_isBadUsageBeforeTheModelIsLoaded(String options, String message)
      throws IOException {
    Path calibration =
        Files.writeString(
            temp.resolve("c.json"), "{\"kind\": \"temperature\", \"temperature\": 2}");
    Path other = Files.writeString(temp.resolve("o.json"), "{\"kind\": \"mood\"}");
    Object[] words =
        options
            .replace("CALIBRATION", calibration.toString())
            .replace("OTHER", other.toString())
            .split(" ");

    ScriptedEngine engine = sound();

    CommandLineRun run = CommandLineRun.compare(engine, words);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(engine.options()).isNull();
  }
}
