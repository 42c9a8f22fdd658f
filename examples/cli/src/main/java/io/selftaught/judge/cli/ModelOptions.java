package io.selftaught.judge.cli;

import io.selftaught.judge.djl.DjlOptions;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which model runs and how; every command has them. */
@SuppressWarnings("NullAway.Init") // Set by the option parser.
final class ModelOptions {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description =
          "A GGUF file, a directory in the layout of Hugging Face, or a model of the hub: org/name[@revision], org/name:file.gguf.")
  private String model;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description =
          "What weights are held in, and computed in: bf16, fp32, or int8 for faster generation on a CPU. Default: bf16 or fp32, what suits the device.")
  private DjlOptions.@Nullable DataType dtype;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "Where to compute: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, a GPU if there is one.")
  private Device device = Device.AUTO;

  @Option(
      names = "--key-values",
      paramLabel = "TYPE",
      description =
          "What keys and values are held in: as_computed, or int8 for half the memory and a fifth less speed. Default: as_computed.")
  private DjlOptions.@Nullable KeyValues keyValues;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      converter = Count.class,
      description = "How many times the model is loaded. Default: once on each GPU, once on a CPU.")
  private @Nullable Integer replicas;

  @Option(
      names = "--context",
      paramLabel = "N",
      converter = Count.class,
      description =
          "The longest context in tokens. Default: what the model was made for, or the original context of a LongRoPE model.")
  private @Nullable Integer context;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Count.class,
      description = "Threads on a CPU. Default: one a core.")
  private @Nullable Integer threads;

  @Option(names = "--verbose", description = "Show the stack trace of an error.")
  boolean verbose;

  private enum Device {
    AUTO,
    CPU,
    GPU;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the model: a path, or what a hub knows it by. */
  String model() {
    return model;
  }

  /** Returns what to compute in, unless that is left to the engine. */
  Optional<DjlOptions.DataType> dtype() {
    return Optional.ofNullable(dtype);
  }

  /** Returns where to compute, unless that is left to the engine. */
  Optional<DjlOptions.Device> device() {
    return switch (device) {
      case AUTO -> Optional.empty();
      case CPU -> Optional.of(DjlOptions.Device.CPU);
      case GPU -> Optional.of(DjlOptions.Device.GPU);
    };
  }

  /** Returns what to hold keys and values in, unless that is left to the engine. */
  Optional<DjlOptions.KeyValues> keyValues() {
    return Optional.ofNullable(keyValues);
  }

  /** Returns how many times to load the model, unless that is left to the engine. */
  OptionalInt replicas() {
    return replicas == null ? OptionalInt.empty() : OptionalInt.of(replicas);
  }

  /** Returns the longest context, unless that is left to the model. */
  OptionalInt context() {
    return context == null ? OptionalInt.empty() : OptionalInt.of(context);
  }

  /** Returns the threads, unless that is left to the engine. */
  OptionalInt threads() {
    return threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
  }
}
