package io.selftaught.judge.djl.train;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Where the tensors of a run begin: at their initial values or at those of a checkpoint. */
@FunctionalInterface
interface TensorSource {

  /**
   * Fills in a tensor.
   *
   * @param name see {@link TrainedTensors#byName()}
   * @param bytes zeros, to be filled with fp32 numbers in the byte order of the machine
   */
  void fill(String name, Shape shape, ByteBuffer bytes);

  /**
   * Returns the start of a LoRA adapter: A uniform within {@code 1 / sqrt(in)}, which is PEFT's
   * Kaiming initialisation, B and the moments zero, so that the adapter changes nothing yet.
   */
  static TensorSource initialLora(long seed) {
    return (name, shape, bytes) -> {
      if (name.startsWith(TrainedTensors.PARAMETER) && name.endsWith(".A")) {
        SplittableRandom random =
            new SplittableRandom(seed + 0x9E3779B97F4A7C15L * name.hashCode());
        double bound = 1 / Math.sqrt((double) shape.get(1));
        FloatBuffer numbers = bytes.asFloatBuffer();
        while (numbers.hasRemaining()) {
          numbers.put((float) ((2 * random.nextDouble() - 1) * bound));
        }
      }
    };
  }

  /**
   * Returns the start of a decoder: norms one, matrices normal with variance one over their
   * columns, so that each layer hands on what it is given at the same scale whatever its width;
   * those that add to the residual stream smaller by the square root of how many there are. All
   * else is zero.
   */
  static TensorSource initialWeights(long seed, int layers) {
    return (name, shape, bytes) -> {
      if (!name.startsWith(TrainedTensors.PARAMETER)) {
        return;
      }
      FloatBuffer numbers = bytes.asFloatBuffer();
      if (name.endsWith("norm")) {
        IntStream.range(0, numbers.remaining()).forEach(i -> numbers.put(i, 1));
      } else if (shape.dimension() == 2) {
        boolean residual = name.endsWith(".o") || name.endsWith(".down");
        double deviation = 1 / Math.sqrt(shape.get(1) * (residual ? 2.0 * layers : 1));
        Random random = new Random(seed + 0x9E3779B97F4A7C15L * name.hashCode());
        while (numbers.hasRemaining()) {
          numbers.put((float) (random.nextGaussian() * deviation));
        }
      }
    };
  }
}
