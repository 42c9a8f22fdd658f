package io.selftaught.judge.djl.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.selftaught.judge.djl.decoder.Decoder;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.decoder.References;
import io.selftaught.judge.djl.weights.ElementType;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeftAdaptersTest {

  private final DecoderWeights base = References.load("tiny-llama", ElementType.F32);

  @AfterEach
  void close() {
    base.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama-adapter", "tiny-llama-adapter-qv"})
  void adapter_logits_areThoseOfPeft(String adapter) {
    checkLogits(
        References.path(adapter),
        References.json(adapter + "/expected.json").getAsJsonArray("prompts"));
  }

  private void checkLogits(Path adapter, JsonArray prompts) {
    try (LoraWeights lora = PeftAdapters.read(adapter, base);
        Decoder decoder = Decoder.of(base, lora)) {
      assertThat(prompts).isNotEmpty();
      for (JsonObject prompt : References.objects(prompts)) {
        int[] ids = References.ints(prompt.get("ids"));
        decoder.prefill(0, ids, 0, ids.length, new Decoder.Query(new float[] {1}, new int[1][0]));
        assertThat(decoder.promptLogits(0))
            .containsExactly(References.floats(prompt.get("logits")), within(1e-4f));
        decoder.release(0);
      }
    }
  }
}
