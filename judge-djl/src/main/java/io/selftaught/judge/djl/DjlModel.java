package io.selftaught.judge.djl;

import static java.util.Objects.requireNonNull;

import ai.djl.Device;
import com.google.common.base.Throwables;
import com.google.common.math.LongMath;
import io.selftaught.judge.AdaptableModel;
import io.selftaught.judge.Adapter;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.decoder.Precision;
import io.selftaught.judge.djl.generate.Dispatcher;
import io.selftaught.judge.djl.hub.Hub;
import io.selftaught.judge.djl.peft.PeftAdapters;
import io.selftaught.judge.djl.text.ChatTokenizer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A language model in this process, from a GGUF file, a Hugging Face directory or the hub.
 *
 * <p>Calls of many threads share its batches; the samples of one call read their prompt once. Safe
 * for use by several threads. The weights live in native memory until the model and all models made
 * from it with {@link #withAdapter} are closed.
 *
 * <p>Where there are several GPUs, each holds a replica of the model ({@link
 * DjlOptions.Builder#replicas}). Which of them takes a request is seen in nothing but time, as far
 * as the devices compute the same.
 */
public final class DjlModel implements AdaptableModel {

  private static final Logger LOGGER = LoggerFactory.getLogger(DjlModel.class);

  private final String name;
  private final DjlOptions options;
  private final List<DecoderWeights> weights;
  private final ChatTokenizer tokenizer;
  private final List<Replica> replicas;
  private final Dispatcher dispatcher;
  private final boolean base;

  private DjlModel(
      String name,
      DjlOptions options,
      List<DecoderWeights> weights,
      ChatTokenizer tokenizer,
      List<LoraWeights> adapter,
      boolean base) {
    this.name = name;
    this.options = options;
    this.weights = weights;
    this.tokenizer = tokenizer;
    this.base = base;
    List<Device> devices = devices(weights);
    this.replicas =
        OnDevices.open(
            devices,
            i ->
                Replica.start(
                    name,
                    options,
                    weights.get(i),
                    adapter.get(i),
                    Collections.frequency(devices, devices.get(i)),
                    tokenizer),
            Replica::close);
    this.dispatcher = new Dispatcher(replicas.stream().map(Replica::scheduler).toList());
  }

  private static List<Device> devices(List<DecoderWeights> weights) {
    return weights.stream().map(DecoderWeights::device).toList();
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
    List<Device> devices = Machine.devices(options);
    // Reading a large vocabulary takes one thread a second or more; weights are read meanwhile.
    CompletableFuture<ChatTokenizer> tokenizer =
        CompletableFuture.supplyAsync(
            files::tokenizer, task -> new Thread(task, "judge-tokenizer").start());
    List<DecoderWeights> weights = List.of();
    List<LoraWeights> none = List.of();
    try {
      weights = weights(files, options, devices);
      none = weights.stream().map(LoraWeights::none).toList();
      DjlModel model = new DjlModel(files.name(), options, weights, get(tokenizer), none, true);
      LOGGER.info("{}", model.info());
      return model;
    } catch (RuntimeException e) {
      none.forEach(LoraWeights::close);
      weights.forEach(DecoderWeights::close);
      CompletableFuture<Void> unused = tokenizer.thenAccept(ChatTokenizer::close);
      throw e;
    }
  }

  private static ChatTokenizer get(CompletableFuture<ChatTokenizer> tokenizer) {
    try {
      return tokenizer.join();
    } catch (CompletionException e) {
      Throwables.throwIfUnchecked(requireNonNull(e.getCause()));
      throw e;
    }
  }

  private static List<DecoderWeights> weights(
      ModelFiles files, DjlOptions options, List<Device> devices) {
    Precision precision = Machine.precision(options, devices.get(0));
    return OnDevices.open(
        devices,
        i -> {
          Device device = devices.get(i);
          int copies = Collections.frequency(devices, device);
          return files.weights(
              precision, options.context(), device, AvailableMemory.of(options, device, copies, 0));
        },
        DecoderWeights::close);
  }

  /** Returns what was loaded and what it runs on. */
  public ModelInfo info() {
    DecoderWeights first = weights();
    return new ModelInfo(
        name,
        first.config().modelType(),
        first.parameters(),
        first.config().maxPositionEmbeddings(),
        Machine.dataType(first.precision()),
        options.keyValues(),
        devices(weights).stream().map(Device::toString).collect(Collectors.joining(", ")),
        Machine.threads(),
        weights.stream().mapToLong(DecoderWeights::bytes).sum(),
        replicas.stream().mapToLong(r -> r.plan().cacheBytes()).reduce(0, LongMath::saturatedAdd));
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
    return dispatcher.generate(tokenizer.encode(messages), config);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DjlModel withAdapter(Adapter adapter) {
    List<LoraWeights> read =
        OnDevices.open(
            devices(weights),
            i -> PeftAdapters.read(adapter.directory(), weights.get(i)),
            LoraWeights::close);
    try {
      String adapted = name + "+adapter@" + ModelFiles.fingerprint(adapter.directory());
      return new DjlModel(adapted, options, weights, tokenizer, read, false);
    } catch (RuntimeException e) {
      read.forEach(LoraWeights::close);
      throw e;
    }
  }

  /** Returns those of the first replica. */
  DecoderWeights weights() {
    return weights.get(0);
  }

  ChatTokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
    if (base) {
      tokenizer.close();
      weights.forEach(DecoderWeights::close);
    }
  }

  @Override
  public String toString() {
    return "DjlModel[" + name + "]";
  }
}
