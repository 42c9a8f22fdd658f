package io.selftaught.judge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.core.data.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfTrainCommandTest {

  @TempDir private Path temp;
  private final AtomicInteger calls = new AtomicInteger();
  private Path model;
  private Path pool;

  @BeforeEach
  void writeFiles() throws IOException {
    model = Files.writeString(temp.resolve("m.gguf"), "a model");
    pool =
        Files.writeString(
            temp.resolve("pool.txt"),
            IntStream.range(0, 12)
                .mapToObj(
                    i -> "Explain to a child, step by step, fact number " + i + " of chemistry.")
                .collect(Collectors.joining("\n")));
  }

  @Test
  void selfTrain_modelThatMakesNoPair_endsWellAndSaysWhy() {
    CommandLineRun run = selfTrain(new ScriptedEngine((messages, seed) -> "Hm."));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Stopped: ").contains(temp.resolve("run").toString());
    assertThat(temp.resolve("run/report.json")).exists();
    assertThat(temp.resolve("run/report.html")).content().contains("Nothing was learnt.");
  }

  @Test
  void selfTrain_again_asksForNothingTwice() {
    ScriptedEngine engine = new ScriptedEngine(this::reply);
    CommandLineRun first = selfTrain(engine);
    int callsOfTheFirst = calls.get();

    CommandLineRun again = selfTrain(new ScriptedEngine(this::reply));

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(calls).hasValue(callsOfTheFirst);
    assertThat(again.out()).isEqualTo(first.out());
  }

  @Test
  void selfTrain_roundThatKeepsJudgments_printsItsLineAndWritesAnAdapter() {
    CommandLineRun run = selfTrain(new ScriptedEngine(this::reply));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("(?m)^1 +\\d+/\\d+ = ");
    assertThat(temp.resolve("run/round-1/adapter/adapter_config.json")).exists();
    assertThat(JsonFile.read(temp.resolve("run/report.json")).names()).isNotEmpty();
    assertThat(run.out()).contains("for reading: " + temp.resolve("run/report.html"));
    assertThat(temp.resolve("run/report.html")).content().contains("<svg", "rejection sampling(");
  }

  @Test
  void selfTrain_otherSettingsInTheSameDirectory_areRefused() {
    selfTrain(new ScriptedEngine(this::reply));

    CommandLineRun run = selfTrain(new ScriptedEngine(this::reply), "--samples", "3");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("other settings");
  }

  @Test
  void selfTrain_malformedPoolLine_isNamedAndCounted() throws IOException {
    Path json = temp.resolve("pool.jsonl");
    Files.writeString(json, "{\"instruction\": \"Name a prime.\"}\n{\"instruction\": \n");

    CommandLineRun run =
        CommandLineRun.of(
            new ScriptedEngine((messages, seed) -> "Hm."),
            List.of("self-train", "--model", model, "--pool", json, "--out", temp.resolve("run"))
                .toArray());

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("pool.jsonl: 1 records, 1 lines rejected (line 2: ");
  }

  /** A model that labels, rewrites and answers, and judges by the toss of a coin. */
  private String reply(List<ChatMessage> messages, long seed) {
    calls.incrementAndGet();
    String last = messages.get(messages.size() - 1).content();
    if (last.equals("Category:")) {
      return " Coding\nComplexity: 7\nLength: 1 paragraph";
    }
    int coin = Objects.hash(messages, seed);
    if (last.contains("[[A]]")) {
      return coin % 2 == 0 ? "The first is right.\n[[A]]" : "The second is right.\n[[B]]";
    }
    return "Reply " + Integer.toHexString(coin) + " about the facts of chemistry.";
  }

  private CommandLineRun selfTrain(ScriptedEngine engine, String... more) {
    List<String> args =
        new ArrayList<>(List.of("self-train", "--model", model.toString(), "--limit", "4"));
    args.addAll(List.of("--pool", pool.toString(), "--out", temp.resolve("run").toString()));
    args.addAll(List.of(more));
    if (more.length == 0) {
      args.addAll(List.of("--samples", "8"));
    }
    return CommandLineRun.of(engine, args.toArray());
  }
}
