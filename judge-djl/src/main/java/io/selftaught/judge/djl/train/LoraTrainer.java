package io.selftaught.judge.djl.train;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.TrainingException;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.decoder.Quantisation;
import io.selftaught.judge.djl.peft.AdapterTensor;
import io.selftaught.judge.djl.peft.PeftAdapters;
import io.selftaught.judge.djl.peft.Projection;
import io.selftaught.judge.djl.torchscript.HostMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains LoRA adapters (Hu et al. 2021) of one model.
 *
 * <p>On the CPU the same input gives the same adapter, byte for byte, also when the run was
 * interrupted and continued. Safe for use by several threads with different directories.
 */
public final class LoraTrainer {

  private static final Logger LOG = LoggerFactory.getLogger(LoraTrainer.class);

  /** A number that is trained, its gradient and its two moments, in fp32. */
  private static final long BYTES_TRAINED = 4L * Float.BYTES;

  private final DecoderWeights base;
  private final String baseName;
  private final LoraConfig lora;
  private final TrainingConfig training;

  /**
   * Returns a trainer.
   *
   * @param base what adapters are made for; not changed, not closed
   * @param baseName names it in the adapters
   * @throws InvalidInputException if the model has no such projections, or its weights are
   *     quantised
   */
  public LoraTrainer(
      DecoderWeights base, String baseName, LoraConfig lora, TrainingConfig training) {
    this.base = requireNonNull(base, "base");
    this.baseName = requireNonNull(baseName, "baseName");
    this.lora = requireNonNull(lora, "lora");
    this.training = requireNonNull(training, "training");
    Projection.ofKeys(lora.targetModules(), base.config());
    if (base.precision().quantisation() != Quantisation.NONE) {
      throw new InvalidInputException(
          "%s has %s weights, which no gradient passes: load it in BF16 or FP32 to train adapters, which then work on such weights too"
              .formatted(baseName, base.precision().quantisation()));
    }
  }

  /**
   * Trains an adapter and writes it into a directory, or continues a run that was cut off there.
   *
   * @throws InvalidInputException if a sequence is longer than the context or the settings allow,
   *     or the directory belongs to another run
   * @throws TrainingException if a loss or gradient is not finite, or nothing is to be learnt; no
   *     adapter is written then
   */
  public void train(List<TrainingSequence> sequences, Path directory, ProgressListener listener) {
    checkLengths(sequences);
    ExampleOrder order = new ExampleOrder(sequences, training);
    TrainingCheckpoint checkpoint = new TrainingCheckpoint(directory, fingerprint(sequences));
    TrainingCheckpoint.State state = checkpoint.read();
    if (state.finished() && PeftAdapters.exists(directory)) {
      listener.onProgress(
          new ProgressEvent("fine-tune", 0, order.steps(), order.steps(), Map.of()));
      return;
    }
    if (state.step() == 0 && PeftAdapters.exists(directory)) {
      throw new InvalidInputException(
          "%s holds an adapter that this run has not made; choose another directory"
              .formatted(directory));
    }
    TrainingCheckpoint.create(directory);
    checkpoint.resume(
        state,
        TensorSource.initialLora(training.seed()),
        source -> train(order, source, checkpoint, state.step(), directory, listener));
  }

  private void train(
      ExampleOrder order,
      TensorSource source,
      TrainingCheckpoint checkpoint,
      int first,
      Path directory,
      ProgressListener listener) {
    try (LoraWeights adapter = adapter(source);
        TrainedTensors tensors = new TrainedTensors(adapter.tensors(), source);
        Trainer trainer = Trainer.ofLora(base, adapter, lora.dropout(), tensors, first)) {
      logStart(order, adapter, first);
      new TrainingLoop("fine-tune", trainer, order, training, listener)
          .run(first, done -> checkpoint.save(done, tensors.byName()));
      PeftAdapters.write(directory, adapter, lora, baseName);
      checkpoint.finish(order.steps());
    }
  }

  /** Makes the adapter's tensors, for each layer and projection. */
  LoraWeights adapter(TensorSource source) {
    NDManager manager = NDManager.newBaseManager(base.device(), "PyTorch");
    try {
      List<NDArray> arrays = new ArrayList<>();
      for (AdapterTensor tensor :
          AdapterTensor.of(base.config(), Projection.ofKeys(lora.targetModules(), base.config()))) {
        arrays.add(array(manager, tensor, source));
      }
      return new LoraWeights(manager, lora.alpha() / lora.rank(), arrays);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private NDArray array(NDManager manager, AdapterTensor tensor, TensorSource source) {
    Shape shape = tensor.shape(base.config(), lora.rank());
    String key = tensor.loraName().substring(tensor.loraName().indexOf('.') + 1);
    NDArray array =
        HostMemory.create(
            manager, shape, bytes -> source.fill(TrainedTensors.PARAMETER + key, shape, bytes));
    array.setName(tensor.loraName());
    return array;
  }

  private void checkLengths(List<TrainingSequence> sequences) {
    if (sequences.isEmpty()) {
      throw new IllegalArgumentException("sequences must not be empty");
    }
    int longest = Math.min(training.maxTokens(), base.config().maxPositionEmbeddings());
    List<String> tooLong =
        sequences.stream()
            .filter(sequence -> sequence.length() > longest)
            .map(sequence -> "%s (%d tokens)".formatted(sequence.id(), sequence.length()))
            .toList();
    if (!tooLong.isEmpty()) {
      throw new InvalidInputException(
          "%d examples are longer than %d tokens, the smaller of maxTokens and the model's context: %s; leave them out or raise maxTokens"
              .formatted(
                  tooLong.size(), longest, String.join(", ", tooLong.stream().limit(5).toList())));
    }
    if (sequences.stream().allMatch(sequence -> sequence.learnt() == 0)) {
      throw new TrainingException("No example has a token to learn: all completions are empty");
    }
  }

  /** Everything that decides what a run computes, besides the machine. */
  private String fingerprint(List<TrainingSequence> sequences) {
    return TrainingCheckpoint.fingerprint(
        List.of(
            baseName,
            base.config().toString(),
            base.type().toString(),
            lora.toString(),
            training.toString()),
        sequences);
  }

  private void logStart(ExampleOrder order, LoraWeights adapter, int first) {
    long trained = adapter.tensors().stream().mapToLong(NDArray::size).sum();
    LOG.info(
        "Training LoRA on {} in {} with {} threads: {} examples, {} tokens, {} to learn; steps {} to {}; {} parameters on {}, {} MiB and what the examples need",
        base.device(),
        base.type(),
        Trainer.threads(),
        order.sequences().size(),
        order.sequences().stream().mapToLong(TrainingSequence::length).sum(),
        order.sequences().stream().mapToLong(TrainingSequence::learnt).sum(),
        first + 1,
        order.steps(),
        trained,
        base.parameters(),
        (base.parameters() * base.type().bytes() + trained * BYTES_TRAINED) >> 20);
  }
}
