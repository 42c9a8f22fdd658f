package io.selftaught.judge.djl;

import java.util.Locale;

/**
 * What was loaded and what it runs on.
 *
 * @param name identity of the weights: the file's name and a fingerprint
 * @param architecture the model type, such as {@code llama}
 * @param parameters the number of weights
 * @param contextTokens the longest context
 * @param dataType what weights are held in
 * @param keyValues how keys and values are held
 * @param device where its replicas run, in the words of DJL, such as {@code gpu(0), gpu(1)}
 * @param threads the threads of one native operation
 * @param weightBytes native memory of the weights of all replicas
 * @param cacheBytes the most native memory of keys and values, the largest number where the system
 *     doesn't tell
 */
public record ModelInfo(
    String name,
    String architecture,
    long parameters,
    int contextTokens,
    DjlOptions.DataType dataType,
    DjlOptions.KeyValues keyValues,
    String device,
    int threads,
    long weightBytes,
    long cacheBytes) {

  /** Returns all of it in one line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s, %.0f M parameters, %s, %d tokens of context, %s, %d threads, weights %.0f MiB, keys and values%s %s",
        name,
        architecture,
        parameters / 1e6,
        dataType,
        contextTokens,
        device,
        threads,
        weightBytes / (double) (1 << 20),
        keyValues == DjlOptions.KeyValues.INT8 ? " in int8" : "",
        cacheBytes == Long.MAX_VALUE ? "as needed" : "up to " + (cacheBytes >> 20) + " MiB");
  }
}
