package io.selftaught.judge.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.PairGenerator;
import io.selftaught.judge.core.SelfTrainingReport;
import io.selftaught.judge.core.SelfTrainingReport.Validation;
import io.selftaught.judge.core.eval.PairedTest;
import io.selftaught.judge.djl.DjlModel;
import io.selftaught.judge.quickstart.world.HeldOutPairs;
import io.selftaught.judge.quickstart.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiment, small: a judge learns from constructed labels, and from chance it doesn't. */
class QuickstartTest {

  private static final World WORLD = World.standard();
  private static final int SEED = 11;

  @TempDir static Path temp;
  private static DjlModel model;

  @BeforeAll
  static void load() {
    model = DjlModel.load(MicroModel.unpack(temp.resolve("model")));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void loop_constructedLabels_makesABetterJudge() {
    PairedTest gain = gain("run", UnaryOperator.identity());
    assertThat(gain.gain()).as(gain.toString()).isGreaterThan(0.1);
    assertThat(gain.pValue()).isLessThan(0.01);
  }

  @Test
  void loop_shuffledLabels_makesNoBetterJudge() {
    PairedTest gain = gain("control", ShuffledLabels::new);
    assertThat(gain.gain() > 0.05 && gain.pValue() < 0.05).as(gain.toString()).isFalse();
  }

  @Test
  void readme_code_isThatOfTheExample() throws IOException {
    Path example = Path.of("src/main/java/io/selftaught/judge/quickstart/Quickstart.java");
    String code = Files.readString(example).split("// README\n|// end")[1];
    String readme = Files.readString(Path.of("../../README.md"));
    assertThat(readme.replaceAll("\\s+", "")).contains(code.replaceAll("\\s+", ""));
  }

  private static PairedTest gain(String name, UnaryOperator<PairGenerator> labels) {
    SelfTrainingReport report =
        Quickstart.loop(model, SEED)
            .pairGenerator(labels.apply(Quickstart.pairs(model)))
            .validation(HeldOutPairs.draw(WORLD, 120, SEED))
            .rounds(2)
            .limit(90)
            .candidates(180)
            .seed(SEED)
            .build()
            .run(WORLD.pool(900, SEED), temp.resolve(name));
    Validation last = report.rounds().get(1).validation().orElseThrow();
    return last.againstSeed().orElseThrow();
  }
}
