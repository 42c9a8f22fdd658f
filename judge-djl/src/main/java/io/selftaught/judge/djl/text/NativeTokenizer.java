package io.selftaught.judge.djl.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.selftaught.judge.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * The Rust tokenizer behind a {@code tokenizer.json}: text to ids and back, nothing added, nothing
 * cut. Thread-safe; closing it while another thread uses it is the owner's mistake.
 */
final class NativeTokenizer implements Closeable {

  // What DJL would do unasked: add special tokens, pad, and cut at 512 tokens.
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "padding", "false", "truncation", "false");

  private final HuggingFaceTokenizer tokenizer;
  private final String origin;

  private NativeTokenizer(HuggingFaceTokenizer tokenizer, String origin) {
    this.tokenizer = tokenizer;
    this.origin = origin;
  }

  /**
   * Loads a tokenizer.
   *
   * @param json the text of a {@code tokenizer.json}
   * @param origin the file it comes from, for messages
   * @throws InvalidInputException if the library refuses the text
   */
  static NativeTokenizer load(String json, String origin) {
    stayOffTheNetwork();
    try (var bytes = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))) {
      return new NativeTokenizer(HuggingFaceTokenizer.newInstance(bytes, OPTIONS), origin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          "%s: not a usable tokenizer (%s); get the model's files again"
              .formatted(origin, e.getMessage()),
          e);
    }
  }

  /**
   * Returns the ids of a text.
   *
   * @throws InvalidInputException if the tokenizer has no answer to it; a model's own always has
   * @throws IllegalStateException if closed
   */
  int[] encode(String text) {
    long[] ids;
    try {
      ids = tokenizer.encode(wellFormed(text), false, false).getIds();
    } catch (IllegalStateException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          "%s: the tokenizer fails on a text (%s); get the model's files again"
              .formatted(origin, e.getMessage()),
          e);
    }
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }

  String decode(int[] ids, boolean skipSpecialTokens) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecialTokens);
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  /** Replaces halves of surrogate pairs, which are no characters and which Rust cannot hold. */
  private static String wellFormed(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text;
    }
    int[] codePoints =
        text.codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
            .toArray();
    return new String(codePoints, 0, codePoints.length);
  }

  /**
   * Keeps DJL from calling home and from downloading a CUDA build of the tokenizer library; the CPU
   * build, which is all that tokenizing needs, is inside the jar. Whoever set these knows better.
   */
  private static void stayOffTheNetwork() {
    setIfAbsent("OPT_OUT_TRACKING", "true");
    setIfAbsent("RUST_FLAVOR", "cpu");
  }

  private static void setIfAbsent(String name, String value) {
    if (System.getenv(name) == null && System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
