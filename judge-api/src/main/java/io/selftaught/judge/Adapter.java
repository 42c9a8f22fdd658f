package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A fine-tuned difference to a base model, in the layout of Hugging Face PEFT.
 *
 * @param directory holds {@code adapter_config.json} and {@code adapter_model.safetensors}
 */
public record Adapter(Path directory) {

  public Adapter {
    requireNonNull(directory, "directory");
  }
}
