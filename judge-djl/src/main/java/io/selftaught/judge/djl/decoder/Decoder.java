package io.selftaught.judge.djl.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import io.selftaught.judge.djl.torchscript.ScriptModule;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A decoder with its keys and values: reads prompts, then adds one token to many rows at a time.
 *
 * <p>A prompt is read once, however many rows (samples) continue it: its keys and values are its
 * <em>prefix</em>, named by a number of the caller's choice. What a row adds is its <em>tail</em>.
 * Rows stand in groups by prompt.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Decoder implements AutoCloseable {

  /**
   * The tokens of a prompt that are taken over or read together: enough for a matrix product, few
   * enough to share a system message. What comes out does not depend on how many pieces one call
   * reads.
   */
  public static final int PIECE = 128;

  /** The most tokens of a prompt that one call reads: more rows make no product faster. */
  public static final int STRIDE = 8 * PIECE;

  /** Seven pieces and a rest so short that int4 weights are multiplied by another kernel for it. */
  private static final int TRIED = 7 * PIECE + 35;

  private final ScriptModule module;
  private final DecoderConfig config;
  private final int piece;
  private final int stride;
  private final long bytesPerPosition;

  private Decoder(ScriptModule module, DecoderWeights weights, long bytesPerPosition) {
    this.module = module;
    this.config = weights.config();
    this.piece = readsAlike(module) ? STRIDE : PIECE;
    this.stride = weights.precision().quantisation() == Quantisation.INT4 ? STRIDE : piece;
    this.bytesPerPosition = bytesPerPosition;
  }

  /**
   * Returns a decoder on shared weights with an adapter on them, whose keys and values are stored
   * as they are computed.
   */
  public static Decoder of(DecoderWeights weights, LoraWeights lora) {
    return of(weights, lora, KeyValueFormat.AS_COMPUTED);
  }

  /** Returns a decoder on shared weights with an adapter on them. */
  public static Decoder of(DecoderWeights weights, LoraWeights lora, KeyValueFormat format) {
    ScriptModule module =
        ScriptModule.load(
            weights.device(),
            "decoder",
            "ops",
            "quantised",
            "int4",
            "style",
            "weights",
            "experts",
            "layer",
            "attention",
            "cache",
            "candidates",
            "lora");
    try {
      List<NDArray> arguments = new ArrayList<>(weights.arguments());
      arguments.addAll(lora.arguments());
      module.runWithAutograd("load", arguments).close();
      if (format == KeyValueFormat.INT8) {
        module.call("quantise");
      }
      return new Decoder(
          module, weights, format.bytesPerPosition(weights.config(), weights.type()));
    } catch (RuntimeException e) {
      module.close();
      throw e;
    }
  }

  /**
   * Returns whether the rows of a product come out the same to the last bit however many they are,
   * as oneDNN's of bf16 do: then pieces need not be multiplied one by one for a prompt to come out
   * the same whatever was taken over.
   */
  private static boolean readsAlike(ScriptModule module) {
    try (NDArray alike =
        module.run("reads_alike", IValue.from((long) PIECE), IValue.from((long) TRIED))) {
      return alike.getBoolean();
    }
  }

  /**
   * Returns how many tokens of a prompt are best read by one call: whole pieces, and several where
   * that is faster and changes nothing, or where weights are first written out, once for all of
   * them.
   */
  public int stride() {
    return stride;
  }

  /** Returns the shape of the decoder. */
  public DecoderConfig config() {
    return config;
  }

  /** Returns the memory of the keys and values of one position. */
  public long bytesPerPosition() {
    return bytesPerPosition;
  }

  /**
   * Makes room for a prompt.
   *
   * @param prompt the caller's number of the prompt
   * @param length its tokens
   */
  public void begin(long prompt, int length) {
    begin(prompt, length, prompt, 0);
  }

  /**
   * Makes room for a prompt that begins like another.
   *
   * @param prompt the caller's number of the prompt
   * @param length its tokens
   * @param source a prompt that has been read at least up to {@code shared}
   * @param shared the tokens that both begin with, whose keys and values are taken over
   */
  public void begin(long prompt, int length, long source, int shared) {
    module.call(
        "begin",
        IValue.from(prompt),
        IValue.from((long) length),
        IValue.from(source),
        IValue.from((long) shared));
  }

  /**
   * Reads the next part of a prompt that was begun.
   *
   * @param prompt the caller's number of the prompt
   * @param ids the tokens of the whole prompt
   * @param start the first position to read; all before it have been read
   * @param end the position after the last one to read
   * @param query what to tell of the token after the prompt
   * @return that, in one row, if this part is the last
   */
  public Optional<Candidates> prefill(long prompt, int[] ids, int start, int end, Query query) {
    try (NDManager scope = module.manager().newSubManager()) {
      NDArray part = scope.create(longs(ids).skip(start).limit(end - start).toArray());
      try (NDArray result =
          module.run(
              "prefill",
              IValue.from(prompt),
              ScriptModule.tensor(part),
              IValue.from((long) start),
              IValue.from((long) ids.length),
              IValue.from((long) piece),
              query.temperatures(scope),
              query.asked(scope))) {
        return end < ids.length
            ? Optional.empty()
            : Optional.of(new Candidates(result.toFloatArray(), 1, query.width()));
      }
    }
  }

  /** Frees the keys and values of a prompt. */
  public void release(long prompt) {
    module.call("release", IValue.from(prompt));
  }

  /**
   * Makes room for so many slots, each for so many positions. Those that there are keep what they
   * hold.
   */
  public void reserve(int capacity, int slots) {
    module.call("reserve", IValue.from((long) capacity), IValue.from((long) slots));
  }

  /** Frees all slots for so many positions. */
  public void free(int capacity) {
    module.call("free", IValue.from((long) capacity));
  }

  /** Copies the keys and values of a prompt that has been read into a slot. */
  public void fill(int capacity, int slot, long prompt) {
    module.call(
        "fill", IValue.from((long) capacity), IValue.from((long) slot), IValue.from(prompt));
  }

  /** Copies what a slot holds into another one, for at least as many positions. */
  public void move(int capacity, int slot, int toCapacity, int toSlot) {
    module.call(
        "move",
        IValue.from((long) capacity),
        IValue.from((long) slot),
        IValue.from((long) toCapacity),
        IValue.from((long) toSlot));
  }

  /** Adds a token to every row and tells of the tokens after that. */
  public Candidates step(Batch batch) {
    int rows = batch.ids().length;
    try (NDManager scope = module.manager().newSubManager();
        NDArray result =
            module.run(
                "step",
                ScriptModule.tensor(scope.create(batch.numbers())),
                IValue.from((long) rows),
                list(batch.pools().keys()),
                list(batch.pools().ends()),
                list(batch.prompts().keys()),
                list(batch.prompts().ends()),
                IValue.from(batch.longestShared()),
                batch.query().temperatures(scope))) {
      return new Candidates(result.toFloatArray(), rows, batch.query().width());
    }
  }

  /** Returns all logits behind the last candidates of a row, [vocabulary]. */
  public float[] rowLogits(int row) {
    return logits(0, row);
  }

  /** Returns all logits behind the candidates after a prompt, [vocabulary]. */
  public float[] promptLogits(long prompt) {
    return logits(prompt, -1);
  }

  private float[] logits(long prompt, int row) {
    try (NDArray logits = module.run("row_logits", IValue.from(prompt), IValue.from((long) row))) {
      return logits.toFloatArray();
    }
  }

  private static IValue list(long[] values) {
    return IValue.listFrom(values);
  }

  private static IValue list(int[] values) {
    return list(longs(values).toArray());
  }

  private static LongStream longs(int[] values) {
    return Arrays.stream(values).asLongStream();
  }

  /** Frees the keys and values, and the weights if nothing else holds them. */
  @Override
  public void close() {
    module.close();
  }

  /**
   * One token for each of N rows, each of which has a slot.
   *
   * @param ids the tokens, [N]
   * @param positions where they stand in their texts, [N]
   * @param lengths how many positions their slots hold already, [N]
   * @param pools the capacities of the slots; the rows of each are its first slots
   * @param shared the rows that see a prompt besides what is in their slots
   * @param prompts which of these see which prompt
   * @param query what to tell of the tokens after these
   */
  @SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
  public record Batch(
      int[] ids,
      int[] positions,
      int[] lengths,
      Groups pools,
      int[] shared,
      Groups prompts,
      Query query) {

    private long longestShared() {
      long longest = 0;
      for (int row : shared) {
        longest = Math.max(longest, lengths[row] + 1L);
      }
      return longest;
    }

    /** Returns all numbers of the rows one behind the other, as {@code decoder.py} takes them. */
    private long[] numbers() {
      int width = query.width();
      LongBuffer numbers = LongBuffer.allocate((3 + width) * ids.length + shared.length);
      for (int[] part : new int[][] {ids, positions, lengths, shared}) {
        put(numbers, part);
      }
      for (int[] asked : query.ids()) {
        put(numbers, asked);
      }
      return numbers.array();
    }

    private static void put(LongBuffer numbers, int[] part) {
      for (int number : part) {
        numbers.put(number);
      }
    }
  }

  /**
   * A sequence cut into groups.
   *
   * @param keys what each group has in common
   * @param ends the index after the last one of each group
   */
  @SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
  public record Groups(long[] keys, int[] ends) {

    /** Returns the groups of elements that follow each other and have equal keys. */
    public static Groups of(long[] keys) {
      long[] found = new long[keys.length];
      int[] ends = new int[keys.length];
      int count = 0;
      for (int end = 1; end <= keys.length; end++) {
        if (end == keys.length || keys[end] != keys[end - 1]) {
          found[count] = keys[end - 1];
          ends[count++] = end;
        }
      }
      return new Groups(Arrays.copyOf(found, count), Arrays.copyOf(ends, count));
    }
  }

  /**
   * What to tell of the next token of each of N rows.
   *
   * @param inverseTemperatures for {@link Candidates#scaledLogSumExp}, [N]
   * @param ids the tokens whose logits are asked for, [N, E]; E may be 0
   */
  @SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
  public record Query(float[] inverseTemperatures, int[][] ids) {

    int width() {
      return ids.length == 0 ? 0 : ids[0].length;
    }

    /** Returns none at all where all are 1, which saves the decoder work. */
    IValue temperatures(NDManager scope) {
      for (float inverseTemperature : inverseTemperatures) {
        if (inverseTemperature != 1) {
          return ScriptModule.tensor(scope.create(inverseTemperatures));
        }
      }
      return ScriptModule.tensor(scope.create(new float[0]));
    }

    IValue asked(NDManager scope) {
      long[] flat = Arrays.stream(ids).flatMapToLong(Decoder::longs).toArray();
      return ScriptModule.tensor(scope.create(flat, new Shape(ids.length, width())));
    }
  }
}
