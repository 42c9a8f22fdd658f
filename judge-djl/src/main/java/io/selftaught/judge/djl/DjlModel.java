package io.selftaught.judge.djl;

import ai.djl.Device;
import io.selftaught.judge.AdaptableModel;
import io.selftaught.judge.Adapter;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.djl.decoder.Decoder;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.generate.Scheduler;
import io.selftaught.judge.djl.hub.Hub;
import io.selftaught.judge.djl.peft.PeftAdapters;
import io.selftaught.judge.djl.text.ChatTokenizer;
import io.selftaught.judge.djl.weights.ElementType;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A language model in this process, from a GGUF file, a Hugging Face directory or the hub.
 *
 * <p>Calls of many threads share its batches; the samples of one call read their prompt once. Safe
 * for use by several threads. The weights live in native memory until the model and all models made
 * from it with {@link #withAdapter} are closed.
 */
public final class DjlModel implements AdaptableModel {

  private static final Logger LOGGER = LoggerFactory.getLogger(DjlModel.class);

  private final String name;
  private final DjlOptions options;
  private final DecoderWeights weights;
  private final ChatTokenizer tokenizer;
  private final LoraWeights lora;
  private final MemoryPlan plan;
  private final Scheduler scheduler;
  private final boolean base;

  private DjlModel(
      String name,
      DjlOptions options,
      DecoderWeights weights,
      ChatTokenizer tokenizer,
      LoraWeights lora,
      boolean base) {
    this.name = name;
    this.options = options;
    this.weights = weights;
    this.tokenizer = tokenizer;
    this.lora = lora;
    this.base = base;
    this.plan = plan(name, options, weights);
    this.scheduler =
        Scheduler.start(
            Decoder.of(weights, lora),
            tokenizer,
            new Scheduler.Limits(
                options.slots(), plan.requests(options), plan.prefixCache(options)),
            "judge-" + name);
  }

  /**
   * Loads a model with the options that suit the machine.
   *
   * @param path a GGUF file or a directory in the layout of Hugging Face
   * @throws InvalidInputException if the files are missing, damaged or of an unknown architecture
   */
  public static DjlModel load(Path path) {
    return load(path, DjlOptions.defaults());
  }

  /**
   * Loads a model.
   *
   * @param path a GGUF file or a directory in the layout of Hugging Face
   * @throws InvalidInputException if the files are missing, damaged or of an unknown architecture
   */
  public static DjlModel load(Path path, DjlOptions options) {
    return load(ModelFiles.of(path), options);
  }

  /**
   * Loads a model with the options that suit the machine, as {@link #load(String, DjlOptions,
   * ProgressListener)} does.
   */
  public static DjlModel load(String model) {
    return load(model, DjlOptions.defaults(), ProgressListener.none());
  }

  /**
   * Loads a model that is on this machine or on the Hugging Face hub: what there is no file or
   * directory of is fetched as {@code org/name[@revision]}, or as one GGUF file of it, {@code
   * org/name[@revision]:file.gguf}, into the cache that Python's huggingface_hub uses too.
   *
   * <p>The environment says where the hub and the cache are, as it does in Python: HF_ENDPOINT,
   * HF_HOME, HF_HUB_CACHE, HF_TOKEN, HF_HUB_OFFLINE, HTTPS_PROXY and NO_PROXY.
   *
   * @param model a path or the id of a hub
   * @param listener is told of downloads, in bytes
   * @throws InvalidInputException if there is no such model, it must not be read, or its files are
   *     damaged or of an unknown architecture
   * @throws ModelException if the hub failed; what has been fetched is kept
   */
  public static DjlModel load(String model, DjlOptions options, ProgressListener listener) {
    return load(ModelSource.find(model, Hub::ofEnvironment, listener), options);
  }

  static DjlModel load(ModelFiles files, DjlOptions options) {
    Device device = Machine.device(options);
    DecoderWeights weights =
        files.weights(Machine.elementType(options, device), device, available(options, device, 0));
    ChatTokenizer tokenizer = null;
    try {
      tokenizer = files.tokenizer();
      DjlModel model =
          new DjlModel(files.name(), options, weights, tokenizer, LoraWeights.none(weights), true);
      LOGGER.info("{}", model.info());
      return model;
    } catch (RuntimeException e) {
      weights.close();
      if (tokenizer != null) {
        tokenizer.close();
      }
      throw e;
    }
  }

  private static MemoryPlan plan(String name, DjlOptions options, DecoderWeights weights) {
    OptionalLong left = available(options, weights.device(), weights.bytes());
    return MemoryPlan.of(weights.config(), weights.type(), options.slots(), left, name);
  }

  /** Returns the memory that may be taken when so many bytes of it are taken already. */
  private static OptionalLong available(DjlOptions options, Device device, long taken) {
    return options.memory().isPresent()
        ? OptionalLong.of(options.memory().getAsLong() - taken)
        : AvailableMemory.of(device);
  }

  /** Returns what was loaded and what it runs on. */
  public ModelInfo info() {
    boolean bf16 = weights.type() == ElementType.BF16;
    return new ModelInfo(
        name,
        weights.config().modelType(),
        weights.parameters(),
        weights.config().maxPositionEmbeddings(),
        bf16 ? DjlOptions.DataType.BF16 : DjlOptions.DataType.FP32,
        weights.device().toString(),
        Machine.threads(),
        weights.bytes(),
        plan.cacheBytes());
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidInputException if the model has no chat template, or its template refuses the
   *     conversation
   * @throws IllegalStateException if closed
   */
  @Override
  public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages must not be empty");
    }
    return scheduler.generate(tokenizer.encode(messages), config);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DjlModel withAdapter(Adapter adapter) {
    LoraWeights read = PeftAdapters.read(adapter.directory(), weights);
    try {
      String adapted = name + "+adapter@" + ModelFiles.fingerprint(adapter.directory());
      return new DjlModel(adapted, options, weights, tokenizer, read, false);
    } catch (RuntimeException e) {
      read.close();
      throw e;
    }
  }

  DecoderWeights weights() {
    return weights;
  }

  ChatTokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public void close() {
    scheduler.close();
    lora.close();
    if (base) {
      tokenizer.close();
      weights.close();
    }
  }

  @Override
  public String toString() {
    return "DjlModel[" + name + "]";
  }
}
