package io.selftaught.judge.djl.decoder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.selftaught.judge.djl.decoder.DecoderConfig.Experts;
import io.selftaught.judge.djl.decoder.DecoderConfig.Layer;
import io.selftaught.judge.djl.decoder.DecoderConfig.Scales;
import io.selftaught.judge.djl.decoder.Family.Trait;
import io.selftaught.judge.djl.weights.ElementType;
import java.util.stream.DoubleStream;

/** Hands the numbers of a configuration to {@code style.py}. */
final class Styles {

  private Styles() {}

  /** Returns one row a layer, with the fields of {@code style.py} in their order. */
  static NDArray table(DecoderConfig config, ElementType type, Device device, NDManager manager) {
    boolean products =
        type == ElementType.BF16
            && device.equals(Device.cpu())
            && Processor.has("amx_bf16")
            && config.scales().attentionCap() == 0;
    double[][] rows =
        config.layers().stream().map(l -> row(config, l, type, products)).toArray(double[][]::new);
    return manager.create(rows);
  }

  private static double[] row(
      DecoderConfig config, Layer layer, ElementType type, boolean products) {
    Scales scales = config.scales();
    Experts experts = layer.mixed() ? config.experts() : Experts.NONE;
    return new double[] {
      config.numAttentionHeads(),
      config.numKeyValueHeads(),
      config.headDim(),
      config.rmsNormEps(),
      config.family().has(Trait.GELU) ? 1 : 0,
      scales.attention(),
      scales.attentionCap(),
      scales.residual(),
      layer.rotary(),
      layer.rotary() < 0 ? 1 : config.rotaries().get(layer.rotary()).factor(),
      layer.windowed() ? config.slidingWindow() : 0,
      experts.count(),
      experts.perToken(),
      experts.normalised() ? 1 : 0,
      // Models are trained with a factor of the type that they are computed in.
      type == ElementType.BF16 ? bf16(scales.embedding()) : scales.embedding(),
      scales.logitCap(),
      products ? 1 : 0
    };
  }

  private static double bf16(double value) {
    int bits = Float.floatToRawIntBits((float) value);
    return Float.intBitsToFloat((bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000);
  }

  /** Returns the inverse frequencies, [rotaries, pairs]. */
  static NDArray frequencies(DecoderConfig config, NDManager manager) {
    return manager.create(
        config.rotaries().stream()
            .map(rotary -> floats(rotary.inverseFrequencies().stream()))
            .toArray(float[][]::new));
  }

  private static float[] floats(DoubleStream values) {
    double[] doubles = values.toArray();
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }
}
