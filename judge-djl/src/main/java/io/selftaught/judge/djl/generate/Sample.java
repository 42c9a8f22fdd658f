package io.selftaught.judge.djl.generate;

import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.Generation.Token;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Usage;
import io.selftaught.judge.djl.decoder.Candidates;
import io.selftaught.judge.djl.text.ChatTokenizer;
import io.selftaught.judge.djl.text.IncrementalDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One text in the making: a row of the batch while it lasts. Used by the scheduler's thread only.
 */
final class Sample {

  private final GenerationConfig config;
  private final ChatTokenizer tokenizer;
  private final int limit;
  private final Sampler sampler;
  private final Optional<Choices> choices;
  private final IncrementalDecoder decoder;
  private final StringBuilder text = new StringBuilder();
  private final List<Token> tokens = new ArrayList<>();
  private int count;
  private int lastToken;
  private @Nullable FinishReason finishReason;

  /**
   * Starts an empty text.
   *
   * @param limit the most tokens that it may get
   * @param index which sample of its request it is
   */
  Sample(GenerationConfig config, ChatTokenizer tokenizer, int limit, int index) {
    this.config = config;
    this.tokenizer = tokenizer;
    this.limit = limit;
    this.sampler = new Sampler(config.temperature(), config.topP(), config.seed(), index);
    this.decoder = tokenizer.decoder();
    this.choices =
        config.choices().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Choices(
                    config.choices(),
                    config.choices().stream().map(tokenizer::encodeText).toList()));
  }

  float inverseTemperature() {
    return sampler.inverseTemperature();
  }

  /** Returns the tokens whose logits the next {@link #advance} needs. */
  int[] asked() {
    return choices.map(Choices::allowed).orElse(new int[0]);
  }

  /** Returns the token to feed next. */
  int lastToken() {
    return lastToken;
  }

  /** Returns the tokens drawn so far. */
  int count() {
    return count;
  }

  boolean isFinished() {
    return finishReason != null;
  }

  /** Draws the next token. */
  void advance(Candidates candidates, int row, Supplier<float[]> allLogits) {
    if (choices.isPresent()) {
      advance(choices.get(), candidates, row);
      return;
    }
    Sampler.Draw draw = sampler.draw(candidates, row, allLogits);
    accept(draw, Map.of());
    if (tokenizer.endOfTurnIds().contains(draw.id())) {
      finish(FinishReason.STOP);
      return;
    }
    if (stoppedBy(draw.id())) {
      finishReason = FinishReason.STOP;
    } else if (count >= limit) {
      finish(FinishReason.LENGTH);
    }
  }

  /** Adds what a token says to the text; where nothing can stop it, the text is made in the end. */
  private boolean stoppedBy(int id) {
    if (config.stop().isEmpty()) {
      decoder.add(id);
      return false;
    }
    int before = text.length();
    text.append(decoder.push(id));
    return stopped(before);
  }

  private void advance(Choices choices, Candidates candidates, int row) {
    int[] allowed = choices.allowed();
    double[] logits = new double[allowed.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = candidates.asked(row, i);
    }
    int drawn = sampler.drawAmong(logits);
    accept(
        new Sampler.Draw(allowed[drawn], logits[drawn] - candidates.logSumExp(row)),
        alternatives(allowed, logits, candidates.logSumExp(row)));
    choices.accept(allowed[drawn]);
    if (choices.isComplete()) {
      text.append(choices.text());
      finishReason = FinishReason.STOP;
    } else if (count >= limit) {
      finish(FinishReason.LENGTH);
    }
  }

  /** Tokens that differ in bytes only, parts of a character, may have the same text. */
  private Map<String, Double> alternatives(int[] allowed, double[] logits, double logSumExp) {
    Map<String, Double> alternatives = new HashMap<>();
    for (int i = 0; config.logProbabilities() && i < allowed.length; i++) {
      alternatives.merge(
          tokenizer.tokenText(allowed[i]), Math.min(0, logits[i] - logSumExp), Math::max);
    }
    return alternatives;
  }

  private void accept(Sampler.Draw draw, Map<String, Double> alternatives) {
    count++;
    lastToken = draw.id();
    if (config.logProbabilities()) {
      double logProbability = Math.min(0, draw.logProbability());
      tokens.add(new Token(tokenizer.tokenText(draw.id()), logProbability, alternatives));
    }
  }

  private void finish(FinishReason reason) {
    int before = text.length();
    text.append(decoder.finish());
    finishReason = stopped(before) ? FinishReason.STOP : reason;
  }

  /** Cuts the text at the first stop string that the characters from {@code before} on complete. */
  private boolean stopped(int before) {
    int cut = Integer.MAX_VALUE;
    for (String stop : config.stop()) {
      int at = text.indexOf(stop, Math.max(0, before - stop.length() + 1));
      cut = at >= 0 ? Math.min(cut, at) : cut;
    }
    if (cut == Integer.MAX_VALUE) {
      return false;
    }
    text.setLength(cut);
    return true;
  }

  /** Returns the finished text; the first sample of a request counts its prompt. */
  Generation toGeneration(int promptTokens) {
    if (finishReason == null) {
      throw new IllegalStateException("The sample is not finished");
    }
    return new Generation(text.toString(), finishReason, Usage.of(promptTokens, count), tokens);
  }
}
