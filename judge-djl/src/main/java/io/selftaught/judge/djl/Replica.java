package io.selftaught.judge.djl;

import io.selftaught.judge.djl.decoder.Decoder;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.KeyValueFormat;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.generate.Scheduler;
import io.selftaught.judge.djl.text.ChatTokenizer;
import java.util.OptionalLong;

/**
 * What runs a model on one device, where its weights and its adapter are.
 *
 * @param lora the adapter
 */
record Replica(LoraWeights lora, MemoryPlan plan, Scheduler scheduler) implements AutoCloseable {

  /**
   * Starts one.
   *
   * @param name of the model
   * @param weights not owned
   * @param lora owned from now on, unless this fails
   * @param copies how many replicas share the memory of the device
   * @param tokenizer not owned
   */
  static Replica start(
      String name,
      DjlOptions options,
      DecoderWeights weights,
      LoraWeights lora,
      int copies,
      ChatTokenizer tokenizer) {
    OptionalLong left = AvailableMemory.of(options, weights.device(), copies, weights.bytes());
    KeyValueFormat format = Machine.keyValueFormat(options);
    long bytesPerPosition = format.bytesPerPosition(weights.config(), weights.type());
    MemoryPlan plan = MemoryPlan.of(weights, bytesPerPosition, options.slots(), left, name);
    var limits =
        new Scheduler.Limits(options.slots(), plan.requests(options), plan.prefixCache(options));
    return new Replica(
        lora,
        plan,
        Scheduler.start(Decoder.of(weights, lora, format), tokenizer, limits, "judge-" + name));
  }

  @Override
  public void close() {
    scheduler.close();
    lora.close();
  }
}
