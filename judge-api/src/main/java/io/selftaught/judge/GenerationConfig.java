package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How to sample from a language model. Immutable.
 *
 * <p>The defaults are greedy decoding of one sample of up to 512 tokens.
 */
public final class GenerationConfig {

  private final int maxTokens;
  private final double temperature;
  private final double topP;
  private final int samples;
  private final long seed;
  private final List<String> stop;
  private final List<String> choices;
  private final boolean logProbabilities;

  private GenerationConfig(Builder builder) {
    maxTokens = builder.maxTokens;
    temperature = builder.temperature;
    topP = builder.topP;
    samples = builder.samples;
    seed = builder.seed;
    stop = builder.stop;
    choices = builder.choices;
    logProbabilities = builder.logProbabilities;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns greedy decoding of one sample. */
  public static GenerationConfig greedy(int maxTokens) {
    return builder().maxTokens(maxTokens).build();
  }

  /** Returns a builder that starts from these settings. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.maxTokens = maxTokens;
    builder.temperature = temperature;
    builder.topP = topP;
    builder.samples = samples;
    builder.seed = seed;
    builder.stop = stop;
    builder.choices = choices;
    builder.logProbabilities = logProbabilities;
    return builder;
  }

  /** Returns the most tokens that a sample may have, ≥ 1. */
  public int maxTokens() {
    return maxTokens;
  }

  /** Returns the sampling temperature, 0 to 100; 0 takes the likeliest token. */
  public double temperature() {
    return temperature;
  }

  /** Returns the probability mass that sampling is limited to, above 0 and up to 1. */
  public double topP() {
    return topP;
  }

  /** Returns the number of samples drawn from the prompt, ≥ 1. */
  public int samples() {
    return samples;
  }

  /**
   * Returns the seed. The same seed, settings and conversation give the same samples, whatever else
   * the model is doing. Sample {@code i} depends on the seed and {@code i} only.
   */
  public long seed() {
    return seed;
  }

  /** Returns the texts that end a sample where they appear; they are cut off. */
  public List<String> stop() {
    return stop;
  }

  /** Returns the only texts that a sample may consist of; empty if it is free. */
  public List<String> choices() {
    return choices;
  }

  /** Returns whether {@link Generation#tokens()} is wanted. */
  public boolean logProbabilities() {
    return logProbabilities;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof GenerationConfig other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  private List<Object> values() {
    return List.of(maxTokens, temperature, topP, samples, seed, stop, choices, logProbabilities);
  }

  @Override
  public String toString() {
    return "maxTokens=%d temperature=%s topP=%s samples=%d seed=%d stop=%s choices=%s logProbabilities=%s"
        .formatted(maxTokens, temperature, topP, samples, seed, stop, choices, logProbabilities);
  }

  /** Collects settings; not safe for use by several threads. */
  public static final class Builder {
    private int maxTokens = 512;
    private double temperature;
    private double topP = 1;
    private int samples = 1;
    private long seed;
    private List<String> stop = List.of();
    private List<String> choices = List.of();
    private boolean logProbabilities;

    private Builder() {}

    /**
     * Sets the most tokens that a sample may have.
     *
     * @throws IllegalArgumentException if below 1
     */
    public Builder maxTokens(int maxTokens) {
      this.maxTokens = Checks.atLeast("maxTokens", maxTokens, 1);
      return this;
    }

    /**
     * Sets the temperature, 0 for greedy decoding.
     *
     * @throws IllegalArgumentException if not between 0 and 100
     */
    public Builder temperature(double temperature) {
      this.temperature = Checks.inRange("temperature", temperature, 0, 100);
      return this;
    }

    /**
     * Limits sampling to the likeliest tokens that together have this probability.
     *
     * @throws IllegalArgumentException if not above 0 and at most 1
     */
    public Builder topP(double topP) {
      this.topP = Checks.positive("topP", topP, 1);
      return this;
    }

    /**
     * Sets the number of samples per prompt.
     *
     * @throws IllegalArgumentException if below 1
     */
    public Builder samples(int samples) {
      this.samples = Checks.atLeast("samples", samples, 1);
      return this;
    }

    /** Sets the seed of the samples. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Ends a sample where one of these texts appears. */
    public Builder stop(String... stop) {
      this.stop = List.of(stop);
      this.stop.forEach(s -> requireNonEmpty("stop", s));
      return this;
    }

    /** Limits a sample to one of these texts: a forced choice. */
    public Builder choices(String... choices) {
      this.choices = List.of(choices);
      this.choices.forEach(s -> requireNonEmpty("choices", s));
      return this;
    }

    /** Asks for the log-probability of each token, and of what else {@link #choices} allow. */
    public Builder logProbabilities(boolean logProbabilities) {
      this.logProbabilities = logProbabilities;
      return this;
    }

    /** Returns the settings. */
    public GenerationConfig build() {
      return new GenerationConfig(this);
    }

    private static void requireNonEmpty(String name, String value) {
      if (requireNonNull(value, name).isEmpty()) {
        throw new IllegalArgumentException(name + " must not hold an empty text");
      }
    }
  }
}
