package io.selftaught.judge.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.decoder.KeyValueFormat;
import io.selftaught.judge.djl.decoder.Precision;
import io.selftaught.judge.djl.decoder.Processor;
import io.selftaught.judge.djl.decoder.Quantisation;
import io.selftaught.judge.djl.weights.ElementType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Chooses device, data type and threads where the options leave that open. */
final class Machine {

  private Machine() {}

  /** Starts the engine, unless it runs, and returns the device of each replica. */
  static List<Device> devices(DjlOptions options) {
    if (System.getProperty("OPT_OUT_TRACKING") == null) {
      System.setProperty("OPT_OUT_TRACKING", "true"); // DJL would report its use otherwise
    }
    Engine engine = Engine.getEngine("PyTorch");
    options.threads().ifPresent(JniUtils::setNumThreads);
    int gpus = engine.getGpuCount();
    if (options.device().equals(Optional.of(DjlOptions.Device.GPU)) && gpus == 0) {
      throw new InvalidInputException(
          "No GPU is visible to libtorch "
              + engine.getVersion()
              + ": run on the CPU, or put a CUDA"
              + " build of libtorch on the class path or in PYTORCH_LIBRARY_PATH");
    }
    boolean gpu = options.device().map(d -> d == DjlOptions.Device.GPU).orElse(gpus > 0);
    return IntStream.range(0, options.replicas().orElse(gpu ? gpus : 1))
        .mapToObj(i -> gpu ? Device.gpu(i % gpus) : Device.cpu())
        .toList();
  }

  static int threads() {
    return JniUtils.getNumThreads();
  }

  static Precision precision(DjlOptions options, Device device) {
    if (options.dataType().isEmpty()) {
      return Precision.of(fastest(device));
    }
    return switch (options.dataType().get()) {
      case BF16 -> Precision.of(ElementType.BF16);
      case FP32 -> Precision.of(ElementType.F32);
      case INT8 -> new Precision(fastest(device), Quantisation.INT8);
      case INT4 -> new Precision(fastest(device), Quantisation.INT4);
    };
  }

  private static ElementType fastest(Device device) {
    return device.isGpu() || cpuComputesInBfloat16() ? ElementType.BF16 : ElementType.F32;
  }

  /** Returns the type that stands for a precision in the options. */
  static DjlOptions.DataType dataType(Precision precision) {
    return switch (precision.quantisation()) {
      case NONE ->
          precision.type() == ElementType.BF16
              ? DjlOptions.DataType.BF16
              : DjlOptions.DataType.FP32;
      case INT8 -> DjlOptions.DataType.INT8;
      case INT4 -> DjlOptions.DataType.INT4;
    };
  }

  static KeyValueFormat keyValueFormat(DjlOptions options) {
    return switch (options.keyValues()) {
      case AS_COMPUTED -> KeyValueFormat.AS_COMPUTED;
      case INT8 -> KeyValueFormat.INT8;
    };
  }

  /** Where that can't be told, fp32 is the safe choice: emulated bfloat16 is slower than fp32. */
  private static boolean cpuComputesInBfloat16() {
    return Processor.has("avx512_bf16", "amx_bf16", "bf16");
  }
}
