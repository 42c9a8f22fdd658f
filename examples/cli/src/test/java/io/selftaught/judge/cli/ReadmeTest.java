package io.selftaught.judge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.core.JudgeExecutor;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.SelfTraining;
import io.selftaught.judge.core.SelfTrainingReport;
import io.selftaught.judge.core.calibrate.Calibration;
import io.selftaught.judge.core.calibrate.Observation;
import io.selftaught.judge.core.data.InstructionPools;
import io.selftaught.judge.core.eval.PairFiles;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.rank.Ranking;
import io.selftaught.judge.djl.DjlFineTuner;
import io.selftaught.judge.djl.DjlModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in the README is this file's, and it compiles and runs. */
class ReadmeTest {

  @Test
  void readme_code_isThatOfThisTest() throws IOException {
    Path source = Path.of("src/test/java/io/selftaught/judge/cli/ReadmeTest.java");
    String readme = squeezed(Files.readString(Path.of("../../README.md")));
    List<String> regions =
        Arrays.stream(Files.readString(source).split("// README\n", -1))
            .skip(1)
            .map(region -> region.substring(0, region.indexOf("// end")))
            .toList();

    assertThat(regions).hasSize(3);
    assertThat(readme).contains(regions.stream().map(ReadmeTest::squeezed).toList());
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  @Tag("weights")
  void compare_realModel_decidesOrSaysWhyNot(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("qwen2.5-coder-0.5b-instruct.gguf");
    Files.createSymbolicLink(
        file, Path.of(System.getenv("JUDGE_MODELS")).resolve(file.getFileName()));

    assertThat(compare(file.toString())).matches("better: [AB]|undecided: [A-Z]+");
  }

  private static String compare(String file) {
    // README
    try (DjlModel model = DjlModel.load(Path.of(file))) {
      Judge judge =
          Judges.bothOrders(
              Judges.prompted(model, JudgePrompt.compact(), GenerationConfig.greedy(256)));
      Judgment judgment = judge.compare("Name the largest planet.", "Saturn.", "Jupiter.");
      return judgment.verdict().fold(p -> "better: " + p, cause -> "undecided: " + cause);
    }
    // end
  }

  @Test
  void waysToAsk_scriptedModel_areTaken() {
    LanguageModel model = (messages, config) -> List.of(Generation.of("A]]"));
    Observation observation = new Observation(new Probabilities(0.9, 0, 0.1), Preference.A);
    Calibration calibration = Calibration.temperature(List.of(observation));

    Ranking ranking =
        rank(model, calibration, "Name a river.", List.of("Nile", "Everest", "Amazon"));

    assertThat(ranking.undecided()).isEqualTo(3);
  }

  private static Ranking rank(
      LanguageModel model, Calibration calibration, String prompt, List<String> candidates) {
    // README
    Judge fast = Judges.averagedOrders(Judges.verdictOnly(model));
    Judge sure = Judges.abstaining(Judges.calibrated(fast, calibration), 0.8);
    try (JudgeExecutor executor =
        JudgeExecutor.builder(sure).concurrency(32).callDeadline(Duration.ofSeconds(30)).build()) {
      return Ranking.of(executor, prompt, candidates);
    }
    // end
  }

  @SuppressWarnings("UnusedMethod") // Compiled, and run by SelfTrainCommand in the same words.
  private static SelfTrainingReport selfTrain(DjlModel model, Path pool, Path labelledPairs) {
    TrainingConfig training = TrainingConfig.builder().seed(1).build();
    // README
    SelfTrainingReport report =
        SelfTraining.builder(model, DjlFineTuner.of(model, LoraConfig.builder().build(), training))
            .judgePrompt(JudgePrompt.compact())
            .validation(PairFiles.read(labelledPairs).records())
            .rounds(3)
            .limit(1000)
            .seed(1)
            .build()
            .run(InstructionPools.read(pool).records(), Path.of("run"));
    // end
    return report;
  }
}
