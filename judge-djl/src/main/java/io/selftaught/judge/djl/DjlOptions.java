package io.selftaught.judge.djl;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a model is loaded and run. Immutable. By default all is chosen for the machine: the GPUs if
 * DJL sees any, bfloat16 where the hardware computes in it, all cores.
 */
public final class DjlOptions {

  private final Optional<Device> device;
  private final OptionalInt replicas;
  private final Optional<DataType> dataType;
  private final KeyValues keyValues;
  private final OptionalInt context;
  private final OptionalInt threads;
  private final int slots;
  private final long prefixCache;
  private final OptionalLong memory;

  private DjlOptions(Builder builder) {
    device = builder.device;
    replicas = builder.replicas;
    dataType = builder.dataType;
    keyValues = builder.keyValues;
    context = builder.context;
    threads = builder.threads;
    slots = builder.slots;
    prefixCache = builder.prefixCache;
    memory = builder.memory;
  }

  /** Returns the options that leave every choice to the machine. */
  public static DjlOptions defaults() {
    return builder().build();
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts from these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.device = device;
    builder.replicas = replicas;
    builder.dataType = dataType;
    builder.keyValues = keyValues;
    builder.context = context;
    builder.threads = threads;
    builder.slots = slots;
    builder.prefixCache = prefixCache;
    builder.memory = memory;
    return builder;
  }

  /** Returns where the model runs, unless that is left to the machine. */
  public Optional<Device> device() {
    return device;
  }

  /** Returns how many times the model is loaded, unless that is left to the machine. */
  public OptionalInt replicas() {
    return replicas;
  }

  /** Returns what weights are held in, and computed in, unless that is left to the machine. */
  public Optional<DataType> dataType() {
    return dataType;
  }

  /** Returns how the keys and values of what has been read and written are held. */
  public KeyValues keyValues() {
    return keyValues;
  }

  /** Returns the longest context in tokens, unless that is left to the model. */
  public OptionalInt context() {
    return context;
  }

  /**
   * Returns the number of threads that one native operation uses on the CPU, unless that is left to
   * the machine. It holds for the whole process.
   */
  public OptionalInt threads() {
    return threads;
  }

  /** Returns the most samples that a replica decodes at a time. */
  public int slots() {
    return slots;
  }

  /** Returns the most bytes of prompts that a replica keeps for others that begin like them. */
  public long prefixCache() {
    return prefixCache;
  }

  /**
   * Returns the bytes of weights, keys and values on each device, unless that is left to the
   * machine.
   */
  public OptionalLong memory() {
    return memory;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof DjlOptions other
        && device.equals(other.device)
        && replicas.equals(other.replicas)
        && dataType.equals(other.dataType)
        && keyValues == other.keyValues
        && context.equals(other.context)
        && threads.equals(other.threads)
        && slots == other.slots
        && prefixCache == other.prefixCache
        && memory.equals(other.memory);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        device, replicas, dataType, keyValues, context, threads, slots, prefixCache, memory);
  }

  @Override
  public String toString() {
    return "device=%s replicas=%s dataType=%s keyValues=%s context=%s threads=%s slots=%d prefixCache=%d memory=%s"
        .formatted(
            device.map(Enum::name).orElse("auto"),
            replicas.isPresent() ? replicas.getAsInt() : "auto",
            dataType.map(Enum::name).orElse("auto"),
            keyValues,
            context.isPresent() ? context.getAsInt() : "auto",
            threads.isPresent() ? threads.getAsInt() : "auto",
            slots,
            prefixCache,
            memory.isPresent() ? memory.getAsLong() : "auto");
  }

  /** Where a model runs. */
  public enum Device {
    /** The processor. */
    CPU,
    /** The CUDA devices, or as many of them as there are replicas. */
    GPU
  }

  /** What weights are held in, and what is computed in. */
  public enum DataType {
    /** bfloat16: half the memory, and several times as fast where the hardware has it. */
    BF16,
    /** Single precision: for comparing numbers and for hardware without bfloat16. */
    FP32,
    /**
     * Matrices of integers of 8 bits, one scale to an output, and inputs that are rounded likewise
     * for each product; the rest in bfloat16, or single precision where the hardware computes in
     * that. One byte a weight, and what else the embedding takes. A text still does not depend on
     * what shares its batch. For generation on x86 processors, best with VNNI or AMX; not for
     * mixtures of experts and not for training. Models of 0.1 to 0.5 billion weights find a text 2
     * to 3% less likely (perplexity) than in bfloat16.
     */
    INT8,
    /**
     * Matrices of numbers of 4 bits, 32 of which share a scale and a zero in bfloat16: five eighths
     * of a byte a weight. GGUF files of Q4_0, Q4_1 and Q4_K keep their numbers and find a text as
     * likely as in bfloat16, within 0.5% (perplexity); what is stored otherwise is rounded, and
     * small models suffer: of files that are mostly in 5 bits or more, Qwen2.5-Coder-0.5B finds a
     * text 7% less likely, Gemma-3-270M 29%. Embedding and head take a byte a weight, and another
     * for the head. For memory, and for one or two samples at a time, which are faster than in
     * bfloat16; many are slower, and so are prompts. A text does not depend on what shares its
     * batch. For x86 processors; not for mixtures of experts and not for training.
     */
    INT4
  }

  /** How the keys and values of what has been read and written are held. */
  public enum KeyValues {
    /** In the type that is computed in. */
    AS_COMPUTED,
    /** As integers of 8 bits with a scale for each head and position. */
    INT8
  }

  /** Collects options; not safe for use by several threads. */
  public static final class Builder {
    private Optional<Device> device = Optional.empty();
    private OptionalInt replicas = OptionalInt.empty();
    private Optional<DataType> dataType = Optional.empty();
    private KeyValues keyValues = KeyValues.AS_COMPUTED;
    private OptionalInt context = OptionalInt.empty();
    private OptionalInt threads = OptionalInt.empty();
    private int slots = 32;
    private long prefixCache = 256L << 20;
    private OptionalLong memory = OptionalLong.empty();

    private Builder() {}

    /** Sets where the model runs. */
    public Builder device(Device device) {
      this.device = Optional.of(device);
      return this;
    }

    /**
     * Sets how many times the model is loaded. Requests are spread over its replicas and get the
     * same texts as from one; prompts that begin alike go to the same, unless it has much more to
     * do. By default there is one for each CUDA device that the process sees ({@code
     * CUDA_VISIBLE_DEVICES} chooses), and one on the CPU, where several only share the same cores.
     * More replicas than devices share devices and their memory. Fine-tuning uses the first one.
     *
     * @throws IllegalArgumentException if below 1
     */
    public Builder replicas(int replicas) {
      this.replicas = OptionalInt.of(atLeastOne("replicas", replicas));
      return this;
    }

    /** Sets what weights are held in, and computed in. */
    public Builder dataType(DataType dataType) {
      this.dataType = Optional.of(dataType);
      return this;
    }

    /**
     * Sets how keys and values are held. {@link KeyValues#INT8} takes about half the memory of
     * bfloat16, so that twice as many samples or prompts fit, and is slower, for attention computes
     * in the other type. The perplexity of SmolLM2-135M, Qwen2.5-Coder-0.5B and Gemma-3-270M
     * differs by less than 0.5%.
     */
    public Builder keyValues(KeyValues keyValues) {
      this.keyValues = requireNonNull(keyValues, "keyValues");
      return this;
    }

    /**
     * Sets the longest context, prompt and text together. By default it is what the model was made
     * for, of LongRoPE models (Phi-3, Phi-4-mini) their original context: if more is set, they
     * compute with their long factors throughout, as they do in transformers for a prompt beyond
     * the original context, and short prompts get other texts than they would.
     *
     * @param tokens no more than the model was made for, or loading fails
     * @throws IllegalArgumentException if below 1
     */
    public Builder context(int tokens) {
      this.context = OptionalInt.of(atLeastOne("context", tokens));
      return this;
    }

    /**
     * Sets the number of threads of a native operation.
     *
     * @throws IllegalArgumentException if below 1
     */
    public Builder threads(int threads) {
      this.threads = OptionalInt.of(atLeastOne("threads", threads));
      return this;
    }

    /**
     * Sets the most samples that a replica decodes at a time. More are faster together and need
     * more memory: each holds the keys and values of what it has written.
     *
     * @throws IllegalArgumentException if below 1
     */
    public Builder slots(int slots) {
      this.slots = atLeastOne("slots", slots);
      return this;
    }

    /**
     * Sets how many bytes of prompts a replica keeps after their use, in the memory of its device,
     * for others that begin with the same 128 tokens or more: what both begin with is not read
     * again.
     *
     * @param bytes 0 keeps none
     * @throws IllegalArgumentException if negative
     */
    public Builder prefixCache(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("prefixCache must not be negative, was " + bytes);
      }
      this.prefixCache = bytes;
      return this;
    }

    /**
     * Sets how much memory of each device weights, keys and values may take. By default that is
     * most of what is available when the model is loaded. Requests that don't fit at a time wait.
     *
     * @throws IllegalArgumentException if below 1
     */
    public Builder memory(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("memory must be at least 1, was " + bytes);
      }
      this.memory = OptionalLong.of(bytes);
      return this;
    }

    /** Returns the options. */
    public DjlOptions build() {
      return new DjlOptions(this);
    }

    private static int atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be at least 1, was " + value);
      }
      return value;
    }
  }
}
