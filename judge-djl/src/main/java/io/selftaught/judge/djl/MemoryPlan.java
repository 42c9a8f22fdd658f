package io.selftaught.judge.djl;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.decoder.Decoder;
import io.selftaught.judge.djl.decoder.DecoderConfig;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a model may take of a machine's memory, known before it starts.
 *
 * <p>Weights and what a step computes are a matter of the model; the rest is for the keys and
 * values of prompts and samples. A request waits until there is room for all that it may need, so
 * that none fails half-way.
 *
 * @param cacheBytes the most that keys and values take
 */
record MemoryPlan(long cacheBytes) {

  /** What others may take after we have looked, and what allocators waste. */
  private static final double SHARE = 0.8;

  /**
   * Checks that weights can be loaded.
   *
   * @param available bytes, if known
   * @throws InvalidInputException if they are not enough
   */
  static void checkWeights(String model, long bytes, OptionalLong available) {
    if (available.isPresent() && bytes > available.getAsLong()) {
      throw new InvalidInputException(
          "%s needs %s for its weights and %s are available: take a smaller model, or set memory if more is there than the system says"
              .formatted(model, mebibytes(bytes), mebibytes(available.getAsLong())));
    }
  }

  /**
   * Divides what there is after the weights are loaded.
   *
   * @param bytesPerPosition the keys and values of a position
   * @param available bytes, if known
   * @throws InvalidInputException if nothing is left for keys and values
   */
  static MemoryPlan of(
      DecoderWeights weights,
      long bytesPerPosition,
      int slots,
      OptionalLong available,
      String model) {
    if (available.isEmpty()) {
      return new MemoryPlan(Long.MAX_VALUE);
    }
    DecoderConfig config = weights.config();
    long computing =
        weights.writtenOutBytes()
            + 4L * Decoder.STRIDE * (8L * config.hiddenSize() + 3L * config.intermediateSize())
            + 12L * slots * config.vocabSize();
    long left = (long) (SHARE * available.getAsLong()) - computing;
    if (left < Decoder.PIECE * bytesPerPosition) {
      throw new InvalidInputException(
          "%s leaves %s of memory, too little to run it: take a smaller model or fewer slots, or set memory if more is there than the system says"
              .formatted(model, mebibytes(available.getAsLong())));
    }
    return new MemoryPlan(left);
  }

  /** Returns the part for prompts that nobody needs at present. */
  long prefixCache(DjlOptions options) {
    return Math.min(options.prefixCache(), cacheBytes / 4);
  }

  /** Returns the part for the requests that run. */
  long requests(DjlOptions options) {
    return cacheBytes - prefixCache(options);
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MiB", bytes >> 20);
  }
}
