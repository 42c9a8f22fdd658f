package io.selftaught.judge.djl.train;

import static java.util.Objects.requireNonNull;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.djl.decoder.DecoderConfig;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.weights.ElementType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains all weights of a decoder from random ones, on examples that never come twice.
 *
 * <p>On the CPU the same examples and settings give the same weights, byte for byte, also when the
 * run was interrupted and continued.
 */
public final class Pretrainer {

  private static final Logger LOG = LoggerFactory.getLogger(Pretrainer.class);
  private static final String WEIGHTS = "model.safetensors";

  private final DecoderConfig config;
  private final Device device;
  private final ElementType computed;
  private final TrainingConfig training;
  private final int steps;

  /**
   * Returns a trainer.
   *
   * @param config the shape of the decoder
   * @param device where to train
   * @param computed what is computed in; weights and moments are fp32
   * @param training how; epochs are not looked at
   * @param steps optimiser steps of the whole run, at least 1
   */
  public Pretrainer(
      DecoderConfig config,
      Device device,
      ElementType computed,
      TrainingConfig training,
      int steps) {
    this.config = requireNonNull(config, "config");
    this.device = requireNonNull(device, "device");
    this.computed = requireNonNull(computed, "computed");
    this.training = requireNonNull(training, "training");
    this.steps = steps;
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, was " + steps);
    }
  }

  /**
   * Trains and writes {@code model.safetensors}, in bfloat16, into a directory, or continues a run
   * that was cut off there.
   *
   * @param sequences at least {@code steps} times the batch size; the same ones when a run is
   *     continued
   * @throws InvalidInputException if the directory belongs to another run, a sequence is longer
   *     than the context, or they end too early
   * @throws io.selftaught.judge.TrainingException if a loss or gradient is not finite
   */
  public void train(
      Iterator<TrainingSequence> sequences, Path directory, ProgressListener listener) {
    Stream stream = new Stream(sequences);
    TrainingCheckpoint checkpoint = new TrainingCheckpoint(directory, fingerprint(stream.batch(0)));
    TrainingCheckpoint.State state = checkpoint.read();
    Path weights = directory.resolve(WEIGHTS);
    if (state.finished() && Files.exists(weights)) {
      return;
    }
    if (state.step() == 0 && Files.exists(weights)) {
      throw new InvalidInputException(
          "%s was not made by this run; choose another directory".formatted(weights));
    }
    checkpoint.resume(
        state,
        TensorSource.initialWeights(training.seed(), config.numHiddenLayers()),
        source -> train(stream, source, checkpoint, state.step(), weights, listener));
  }

  private void train(
      Stream stream,
      TensorSource source,
      TrainingCheckpoint checkpoint,
      int first,
      Path result,
      ProgressListener listener) {
    DecoderWeights.Filler filler =
        (key, shape, bytes) -> source.fill(TrainedTensors.PARAMETER + key, shape, bytes);
    try (DecoderWeights weights = DecoderWeights.create(config, device, filler);
        TrainedTensors tensors = new TrainedTensors(weights.tensors(), source);
        Trainer trainer = Trainer.ofWeights(weights, computed, tensors, first)) {
      LOG.info(
          "Training {} weights on {} in {} with {} threads: steps {} to {} of {} examples",
          weights.tensors().stream().mapToLong(NDArray::size).sum(),
          device,
          computed,
          Trainer.threads(),
          first + 1,
          steps,
          training.batchSize());
      new TrainingLoop("pretrain", trainer, stream, training, listener)
          .run(first, done -> checkpoint.save(done, tensors.byName()));
      TrainingCheckpoint.create(result.toAbsolutePath().getParent());
      weights.write(result);
      checkpoint.finish(steps);
    }
  }

  /** Everything that decides what a run computes, besides the machine; one batch tells a stream. */
  private String fingerprint(List<TrainingSequence> beginning) {
    return TrainingCheckpoint.fingerprint(
        List.of(
            config.toString(), computed.toString(), training.toString(), Integer.toString(steps)),
        beginning);
  }

  /** Hands out the sequences in order; a step may be asked for again, but none before it. */
  private final class Stream implements Batches {
    private final Iterator<TrainingSequence> sequences;
    private int step = -1;
    private List<TrainingSequence> batch = List.of();

    Stream(Iterator<TrainingSequence> sequences) {
      this.sequences = sequences;
    }

    @Override
    public int steps() {
      return steps;
    }

    @Override
    public List<TrainingSequence> batch(int wanted) {
      while (step < wanted) {
        batch = IntStream.range(0, training.batchSize()).mapToObj(i -> next()).toList();
        step++;
      }
      return batch;
    }

    private TrainingSequence next() {
      if (!sequences.hasNext()) {
        throw new InvalidInputException(
            "There are examples for %d steps only, not for %d".formatted(step + 1, steps));
      }
      TrainingSequence sequence = sequences.next();
      if (sequence.length() > config.maxPositionEmbeddings()) {
        throw new InvalidInputException(
            "Example %s has %d tokens, more than the context of %d"
                .formatted(sequence.id(), sequence.length(), config.maxPositionEmbeddings()));
      }
      return sequence;
    }
  }
}
