package io.selftaught.judge.djl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import io.selftaught.judge.djl.decoder.DecoderConfig;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.torchscript.ScriptModule;
import io.selftaught.judge.djl.weights.ElementType;
import java.util.ArrayList;
import java.util.List;

/**
 * The computation of training: gathers gradients over micro-batches, then lets the optimiser take a
 * step.
 *
 * <p>Not safe for use by several threads at once.
 */
final class Trainer implements AutoCloseable {

  /** As PEFT and nearly everyone. */
  private static final float ADAM_EPSILON = 1e-8f;

  private static final String[] SOURCES = {
    "ops",
    "quantised",
    "int4",
    "style",
    "weights",
    "experts",
    "layer",
    "attention",
    "lora",
    "loss",
    "optimiser"
  };

  /** What may be spent on intermediate results. */
  private static final long KEPT_BYTES = 592L << 20;

  /** How many logits of the loss are held at once. */
  private static final int LOGITS = 1 << 24;

  private final ScriptModule module;
  private final int layers;
  private final int vocabulary;
  private final long layerBytes;

  private Trainer(ScriptModule module, DecoderConfig config, ElementType computed) {
    this.module = module;
    this.layers = config.numHiddenLayers();
    this.vocabulary = config.vocabSize();
    // As measured: what autograd keeps of one position in one layer.
    this.layerBytes =
        computed.bytes()
            * (14L * config.hiddenSize()
                + 4L * config.queryWidth()
                + 4L * config.intermediateSize());
  }

  /** What one optimiser step is taken with. */
  record Step(
      double learningRate,
      double beta1,
      double beta2,
      double weightDecay,
      double maxGradientNorm) {}

  /**
   * How memory is saved; the numbers computed are the same.
   *
   * @param keptLayers of how many layers the intermediate results are kept until they are needed;
   *     those of the other layers are computed again
   * @param lossRows from how many positions tokens are predicted at once
   */
  record Thrift(int keptLayers, int lossRows) {}

  /**
   * Returns a trainer of an adapter.
   *
   * @param base what it is put on; not changed
   * @param lora changed in place
   * @param tensors those of {@code lora}
   * @param step the optimiser steps that {@code tensors} have behind them
   */
  static Trainer ofLora(
      DecoderWeights base, LoraWeights lora, double dropout, TrainedTensors tensors, int step) {
    return load(base, base.type(), lora.arguments(), dropout, tensors, false, step);
  }

  /**
   * Returns a trainer of all weights.
   *
   * @param weights fp32, changed in place
   * @param computed what is computed in
   * @param tensors those of {@code weights}
   * @param step the optimiser steps that {@code tensors} have behind them
   */
  static Trainer ofWeights(
      DecoderWeights weights, ElementType computed, TrainedTensors tensors, int step) {
    try (LoraWeights none = LoraWeights.none(weights)) {
      return load(weights, computed, none.arguments(), 0, tensors, true, step);
    }
  }

  private static Trainer load(
      DecoderWeights base,
      ElementType computed,
      List<NDArray> lora,
      double dropout,
      TrainedTensors tensors,
      boolean weightsTrained,
      int step) {
    DecoderConfig config = base.config();
    ScriptModule module = ScriptModule.load(base.device(), "trainer", SOURCES);
    try (NDManager scope = module.manager().newSubManager()) {
      List<NDArray> arguments = new ArrayList<>(base.arguments());
      arguments.addAll(lora);
      arguments.addAll(tensors.first());
      arguments.addAll(tensors.second());
      arguments.add(
          scope.create(
              new long[] {computed == ElementType.BF16 ? 1 : 0, weightsTrained ? 1 : 0, step}));
      arguments.add(scope.create((float) dropout));
      module.runWithAutograd("load", arguments).close();
      return new Trainer(module, config, computed);
    } catch (RuntimeException e) {
      module.close();
      throw e;
    }
  }

  /** Returns the number of threads that compute on the CPU. */
  static int threads() {
    return JniUtils.getNumThreads();
  }

  /**
   * Adds the gradient of the loss of a micro-batch, times {@code scale}.
   *
   * @param seed of dropout
   * @return the sum of the losses of all learnt tokens, in nats
   */
  double accumulate(MicroBatch batch, double scale, long seed) {
    return accumulate(batch, scale, thrift(batch), seed);
  }

  /** The same, with so much memory. */
  double accumulate(MicroBatch batch, double scale, Thrift thrift, long seed) {
    try (NDManager scope = module.manager().newSubManager()) {
      List<NDArray> arguments =
          List.of(
              batch.ids(scope),
              batch.rows(scope),
              batch.targets(scope),
              scope.create(new long[] {thrift.keptLayers(), thrift.lossRows(), seed}),
              scope.create(scale));
      try (NDArray loss = module.runWithAutograd("accumulate", arguments)) {
        return loss.getDouble();
      }
    }
  }

  /** Keeps what fits: a layer that is kept takes about a third less time. */
  private Thrift thrift(MicroBatch batch) {
    long fitting = KEPT_BYTES / (batch.positions() * layerBytes);
    return new Thrift((int) Math.min(layers, fitting), Math.max(1, LOGITS / vocabulary));
  }

  /**
   * Lets the optimiser use the gradients and forgets them.
   *
   * @return the norm of the gradients before clipping; if it is not finite nothing was changed
   */
  double step(Step step) {
    try (NDManager scope = module.manager().newSubManager()) {
      List<NDArray> arguments =
          List.of(
              scope.create(
                  new double[] {
                    step.learningRate(),
                    step.beta1(),
                    step.beta2(),
                    ADAM_EPSILON,
                    step.weightDecay()
                  }),
              scope.create(step.maxGradientNorm()));
      try (NDArray norm = module.runWithAutograd("step", arguments)) {
        return norm.getFloat();
      }
    }
  }

  /** Returns the gradient gathered for one of the tensors that are trained. */
  float[] gradient(NDArray tensor) {
    String key = TrainedTensors.key(tensor);
    try (NDArray gradient = module.run("gradient", IValue.from(key))) {
      return gradient.toFloatArray();
    }
  }

  /** Returns the number of arrays that this trainer keeps open. */
  int managedArrays() {
    return module.manager().getManagedArrays().size();
  }

  @Override
  public void close() {
    module.close();
  }
}
