package io.selftaught.judge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on the real engine, with the tiny random models of judge-djl's tests. */
class DjlEngineTest {

  private static final Path REFERENCE = Path.of("../../judge-djl/src/test/resources/reference");

  @TempDir private Path temp;

  @Test
  void info_directory_saysWhatTheModelIs() {
    CommandLineRun run = info(REFERENCE.resolve("tiny-llama"), "--dtype", "fp32");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("model +tiny-llama@[0-9a-f]{12}\\R")
        .containsPattern("architecture +llama\\R")
        .containsPattern("dtype +FP32\\R")
        .containsPattern("context +128 tokens\\R");
  }

  @Test
  void info_replicasAndKeyValues_areAsAskedFor() {
    CommandLineRun run =
        info(REFERENCE.resolve("tiny-llama"), "--replicas", "2", "--key-values", "int8");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("device +cpu\\(\\), cpu\\(\\)\\R")
        .containsPattern("keys, values +INT8\\R");
  }

  @Test
  void compare_promptBeyondTheContext_isUndecidedAndSaysSo() {
    CommandLineRun run = compare(REFERENCE.resolve("tiny-llama"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("Undecided: FAILED");
  }

  @Test
  void model_directoryWithoutConfig_isBadInput() {
    assertBadInput(info(temp), temp.toString(), "config.json");
  }

  @Test
  void model_unsupportedArchitecture_isRefusedByName() throws IOException {
    copyTinyLlama();
    Path config = temp.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("LlamaForCausalLM", "MambaForCausalLM")
            .replace("\"llama\"", "\"mamba\""));

    assertBadInput(info(temp), "mamba");
  }

  @Test
  void model_truncatedWeights_isBadInput() throws IOException {
    copyTinyLlama();
    truncate(temp.resolve("model.safetensors"));

    assertBadInput(info(temp), "model.safetensors");
  }

  @Test
  void model_damagedTokenizer_isBadInput() throws IOException {
    copyTinyLlama();
    truncate(temp.resolve("tokenizer.json"));

    assertBadInput(info(temp), "tokenizer.json");
  }

  @Test
  void model_truncatedGguf_isBadInput() throws IOException {
    Path gguf = temp.resolve("model.gguf");
    Files.copy(REFERENCE.resolve("tiny-llama-gguf/tiny-llama-q8_0.gguf"), gguf);
    truncate(gguf);

    assertBadInput(info(gguf), "model.gguf");
  }

  @Test
  void model_noModelFile_isBadInput() throws IOException {
    Path file = Files.writeString(temp.resolve("notes.txt"), "not a model");

    assertBadInput(info(file), "notes.txt");
  }

  @Test
  void model_missing_isOneLineThatNamesIt() {
    assertBadInput(info(temp.resolve("none.gguf")), "none.gguf");
  }

  /** The tests run with HF_HUB_OFFLINE. */
  @Test
  void model_ofTheHubThatIsNotInTheCache_isBadInputOffline() {
    assertBadInput(info(Path.of("Qwen/Qwen3-0.6B")), "Qwen/Qwen3-0.6B", "HF_HUB_OFFLINE");
  }

  @Test
  void adapter_missing_isBadInput() {
    Path none = temp.resolve("none");

    assertBadInput(compare(REFERENCE.resolve("tiny-llama"), "--adapter", none.toString()), "none");
  }

  private static void assertBadInput(CommandLineRun run, String... words) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err().lines().toList()).hasSizeBetween(1, 2);
    assertThat(run.err()).contains(words).doesNotContain("Exception");
    assertThat(run.out()).isEmpty();
  }

  private static CommandLineRun info(Path model, String... more) {
    return run(List.of("info", "--model", model.toString(), "--device", "cpu"), more);
  }

  private static CommandLineRun compare(Path model, String... more) {
    return run(
        List.of(
            "compare", "--model", model.toString(), "--prompt", "2 + 2?", "--a", "4", "--b", "5"),
        more);
  }

  private static CommandLineRun run(List<String> args, String... more) {
    Object[] all = Arrays.copyOf(args.toArray(), args.size() + more.length);
    System.arraycopy(more, 0, all, args.size(), more.length);
    return CommandLineRun.of(new DjlEngine(new PrintWriter(Writer.nullWriter())), all);
  }

  private void copyTinyLlama() throws IOException {
    for (String name :
        List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
      Files.copy(REFERENCE.resolve("tiny-llama").resolve(name), temp.resolve(name));
    }
  }

  private static void truncate(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }
}
