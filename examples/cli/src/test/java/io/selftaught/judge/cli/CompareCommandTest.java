package io.selftaught.judge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.ModelException;
import io.selftaught.judge.core.data.JsonRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

  private static final String PREFER_FIRST = "The first one is right.\n[[A]]";

  @TempDir private Path temp;

  @Test
  void compare_oneOrder_printsVerdictAndReasons() {
    CommandLineRun run = CommandLineRun.compare(saying(PREFER_FIRST), "--order", "ab");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Verdict: A").contains("The first one is right.");
  }

  @Test
  void compare_bothOrders_alwaysTheFirst_isInconsistent() {
    CommandLineRun run = CommandLineRun.compare(saying(PREFER_FIRST));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Undecided: INCONSISTENT")
        .contains("shown as AB: A, shown as BA: B");
  }

  @Test
  void compare_json_isOneRecordWithAllTraces() {
    CommandLineRun run =
        CommandLineRun.compare(saying(PREFER_FIRST), "--order", "ab", "--votes", "3", "--json");

    JsonRecord json = JsonRecord.parse(run.out());
    assertThat(json.text("verdict")).isEqualTo("A");
    assertThat(json.records("traces")).hasSize(3);
  }

  @Test
  void compare_voteTies_sayWhatAnEvenVoteMeans() {
    assertThat(evenVote("--votes", 2).out()).startsWith("Undecided: INCONSISTENT");
    assertThat(evenVote("--votes", 2, "--vote-ties", "tie").out()).startsWith("Verdict: TIE");
    assertThat(evenVote("--votes", 2, "--vote-ties", "first").out()).startsWith("Verdict: A");
    assertThat(evenVote("--plan", "--votes", 2, "--vote-ties", "tie").out())
        .startsWith("Verdict: TIE");
  }

  @Test
  void compare_voteTiesWithoutVotes_isBadUsage() {
    assertThat(evenVote("--vote-ties", "tie").exitCode()).isEqualTo(2);
    assertThat(evenVote("--vote-ties", "tie").err()).contains("add --votes of 2 or more");
    assertThat(evenVote("--votes", 2, "--verdict-only", "--vote-ties", "tie").err())
        .contains("leave out --verdict-only");
  }

  /** Asks in one order a model whose judgments say A and B in turn. */
  private static CommandLineRun evenVote(Object... more) {
    AtomicInteger calls = new AtomicInteger();
    List<Object> args = new ArrayList<>(List.of("--order", "ab"));
    args.addAll(List.of(more));
    return CommandLineRun.compare(
        new ScriptedEngine(
            (messages, seed) ->
                "So be it.\n" + (calls.getAndIncrement() % 2 == 0 ? "[[A]]" : "[[B]]")),
        args.toArray());
  }

  @Test
  void compare_verdictOnly_printsProbabilitiesOfBothOrders() {
    CommandLineRun run = CommandLineRun.compare(saying(PREFER_FIRST), "--verdict-only");

    // The scripted model holds both verdicts equally likely.
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Undecided: INCONSISTENT")
        .contains("Probabilities: A 50.0%, tie 0.0%, B 50.0%", "shown as AB:", "shown as BA:");
  }

  @Test
  void compare_adapter_judgesWithTheAdaptedModel() {
    CommandLineRun run =
        CommandLineRun.compare(saying(PREFER_FIRST), "--order", "ab", "--adapter", temp.toString());

    assertThat(run.out()).startsWith("Verdict: B").contains("Adapted");
  }

  @Test
  void compare_plan_isMadeWithoutTheAnswersAndCarriedOut() {
    List<String> asked = new ArrayList<>();
    ScriptedEngine engine =
        new ScriptedEngine(
            (messages, seed) -> {
              String text = messages.get(0).content();
              asked.add(text);
              return text.contains("write the checklist") ? " Look it up." : PREFER_FIRST;
            });

    CommandLineRun run = CommandLineRun.compare(engine, "--order", "ab", "--plan");

    assertThat(run.out()).startsWith("Verdict: A");
    assertThat(asked).hasSize(2);
    assertThat(asked.get(0)).contains("Capital of France?").doesNotContain("Paris", "Lyon");
    assertThat(asked.get(1)).contains("1. Look it up.", "Paris", "Lyon");
  }

  @Test
  void compare_planOfASmallModel_forcesTheVerdictThatItDoesNotWrite() {
    CommandLineRun run =
        CommandLineRun.compare(saying("Both have their merits."), "--order", "ab", "--plan");

    assertThat(run.out()).containsPattern("^Verdict: [AB]");
  }

  @Test
  void compare_planAndVerdictOnly_isBadUsageBeforeTheModelIsLoaded() {
    ScriptedEngine engine = saying(PREFER_FIRST);

    CommandLineRun run = CommandLineRun.compare(engine, "--plan", "--verdict-only");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--plan", "--verdict-only", "choose one");
    assertThat(engine.options()).isNull();
  }

  @Test
  void compare_blankPrompt_isBadUsage() {
    CommandLineRun run =
        CommandLineRun.of(
            saying(PREFER_FIRST),
            "compare",
            "--model",
            "m.gguf",
            "--prompt",
            " ",
            "--a",
            "x",
            "--b",
            "y");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--prompt must not be blank");
  }

  @Test
  void compare_modelFails_isUndecidedNotAnError() {
    ScriptedEngine broken =
        new ScriptedEngine(
            (messages, seed) -> {
              throw new ModelException("out of order");
            });

    CommandLineRun run = CommandLineRun.compare(broken);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Undecided: FAILED").containsOnlyOnce("out of order");
  }

  private static ScriptedEngine saying(String reply) {
    return new ScriptedEngine((messages, seed) -> reply);
  }
}
