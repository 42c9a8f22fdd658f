package io.selftaught.judge.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.FineTuner;
import io.selftaught.judge.FineTunerContract;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.TrainingExample;
import io.selftaught.judge.djl.decoder.References;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DjlFineTunerTest extends FineTunerContract {

  private final DjlModel seed =
      DjlModel.load(
          References.path("tiny-llama"),
          DjlOptions.builder().dataType(DjlOptions.DataType.FP32).build());
  private final DjlFineTuner tuner =
      DjlFineTuner.of(
          seed,
          LoraConfig.builder().rank(4).build(),
          TrainingConfig.builder().epochs(2).batchSize(2).build());

  @AfterEach
  void close() {
    seed.close();
  }

  @Override
  protected FineTuner fineTuner() {
    return tuner;
  }

  @Override
  protected TrainingExample tooLong() {
    return new TrainingExample(
        "endless", List.of(ChatMessage.user("Count.")), "one two three ".repeat(5_000));
  }

  @Test
  void toString_namesTheSettings() {
    assertThat(tuner).asString().contains("tiny-llama", "rank=4", "batchSize=2");
  }
}
