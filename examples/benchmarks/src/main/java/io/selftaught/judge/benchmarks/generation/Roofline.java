package io.selftaught.judge.benchmarks.generation;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.djl.torchscript.ScriptModule;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * What the machine can do, by libtorch's own operations (Williams et al. 2009). Of some runs the
 * median counts: where others share a processor, its best moment is no measure of what is there.
 *
 * @param bytesPerSecond memory read by summing an array that no cache holds
 * @param flops floating point operations a second of a product of large square matrices in
 *     bfloat16, a multiplication and an addition counted as two
 * @param modelFlops the same of 256 rows by the widest matrix of the model's layers
 */
record Roofline(double bytesPerSecond, double flops, double modelFlops) {

  private static final int RUNS = 20;
  private static final int ROWS = 256;

  /**
   * How large what is measured is.
   *
   * @param numbers the length of the array that is summed, in fp32
   * @param square rows and columns of the square matrices
   * @param hiddenSize of the model
   * @param intermediateSize of the model
   */
  record Sizes(int numbers, int square, int hiddenSize, int intermediateSize) {}

  /** Measures this machine, on the GPU if there is one. */
  static Roofline measure(int threads, Sizes sizes) {
    System.setProperty("OPT_OUT_TRACKING", "true");
    Engine engine = Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(threads);
    Device device = engine.getGpuCount() > 0 ? Device.gpu() : Device.cpu();
    try (ScriptModule module = ScriptModule.load(device, "roofline")) {
      int square = sizes.square();
      fill(module, square, square, square, sizes.numbers());
      double bytes = (double) sizes.numbers() * Float.BYTES / seconds(module, "total");
      double flops = flops(module, square, square, square);
      int widest = 2 * sizes.intermediateSize(); // gate and up projection are one product
      fill(module, ROWS, sizes.hiddenSize(), widest, 1);
      return new Roofline(bytes, flops, flops(module, ROWS, sizes.hiddenSize(), widest));
    }
  }

  private static void fill(ScriptModule module, int rows, int inner, int outer, int numbers) {
    try (NDArray like = module.manager().create(0f)) {
      module
          .run(
              "fill",
              IValue.from((long) rows),
              IValue.from((long) inner),
              IValue.from((long) outer),
              IValue.from((long) numbers),
              ScriptModule.tensor(like))
          .close();
    }
  }

  private static double flops(ScriptModule module, int rows, int inner, int outer) {
    return 2.0 * rows * inner * outer / seconds(module, "multiply");
  }

  /** Returns the seconds that half of the runs took less than. */
  private static double seconds(ScriptModule module, String method) {
    double[] seconds =
        IntStream.range(0, RUNS).mapToDouble(i -> secondsOnce(module, method)).sorted().toArray();
    return seconds[RUNS / 2];
  }

  private static double secondsOnce(ScriptModule module, String method) {
    long start = System.nanoTime();
    try (NDArray result = module.run(method)) {
      result.toFloatArray();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Returns the mean of this and another measurement. */
  Roofline mean(Roofline other) {
    return new Roofline(
        (bytesPerSecond + other.bytesPerSecond) / 2,
        (flops + other.flops) / 2,
        (modelFlops + other.modelFlops) / 2);
  }

  JsonRecord toJson() {
    return JsonRecord.builder()
        .put("bytesPerSecond", bytesPerSecond)
        .put("flops", flops)
        .put("modelFlops", modelFlops)
        .build();
  }

  void write(Path file) {
    JsonFile.write(file, toJson());
  }

  static Roofline read(Path file) {
    JsonRecord json = JsonFile.read(file);
    return new Roofline(
        json.number("bytesPerSecond"), json.number("flops"), json.number("modelFlops"));
  }

  /** Returns the line of the report. */
  @Override
  public String toString() {
    return "memory %.1f GB/s, bf16 products %.0f GFLOP/s (large and square), %.0f GFLOP/s (256 rows by the model's widest matrix)"
        .formatted(bytesPerSecond / 1e9, flops / 1e9, modelFlops / 1e9);
  }
}
