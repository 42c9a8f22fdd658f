package io.selftaught.judge.cli;

import io.selftaught.judge.AdaptableModel;
import io.selftaught.judge.Adapter;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.FineTuner;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.ScriptedModel;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.djl.DjlOptions;
import io.selftaught.judge.djl.ModelInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** Opens scripted models; its fine-tuner writes an adapter of two empty files. */
final class ScriptedEngine implements Engine {

  private final ScriptedModel model;
  private ModelOptions options;

  ScriptedEngine(ScriptedModel.Script script) {
    this.model = ScriptedModel.of(script);
  }

  /** Returns the options of the command that opened the model. */
  ModelOptions options() {
    return options;
  }

  boolean isClosed() {
    return model.isClosed();
  }

  @Override
  public Opened open(ModelOptions options) {
    this.options = options;
    return new Scripted();
  }

  private final class Scripted implements Opened, AdaptableModel {

    @Override
    public AdaptableModel model() {
      return this;
    }

    @Override
    public ModelInfo info() {
      return new ModelInfo(
          "scripted",
          "llama",
          135_000_000,
          2048,
          DjlOptions.DataType.BF16,
          DjlOptions.KeyValues.AS_COMPUTED,
          "cpu()",
          2,
          3 << 20,
          64 << 20);
    }

    @Override
    public FineTuner fineTuner(LoraConfig lora, TrainingConfig training) {
      return (examples, directory, listener) -> {
        try {
          Files.createDirectories(directory);
          Files.writeString(directory.resolve("adapter_config.json"), "{}");
          Files.writeString(directory.resolve("adapter_model.safetensors"), "");
          return new Adapter(directory);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      };
    }

    @Override
    public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
      return model.generate(messages, config);
    }

    @Override
    public LanguageModel withAdapter(Adapter adapter) {
      return ScriptedModel.saying("Adapted: the second is better.\n[[B]]");
    }

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public void close() {
      model.close();
    }
  }
}
