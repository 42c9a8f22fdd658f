package io.selftaught.judge;

/**
 * How an adapter is trained: AdamW with linear warm-up and cosine decay, gradients clipped by norm.
 * Immutable. The defaults suit LoRA on a model of up to a few billion parameters.
 */
public final class TrainingConfig {

  private final double learningRate;
  private final double finalLearningRateRatio;
  private final int warmupSteps;
  private final int epochs;
  private final int batchSize;
  private final int maxTokens;
  private final double weightDecay;
  private final double beta1;
  private final double beta2;
  private final double maxGradientNorm;
  private final long seed;
  private final int checkpointSteps;

  private TrainingConfig(Builder builder) {
    learningRate = builder.learningRate;
    finalLearningRateRatio = builder.finalLearningRateRatio;
    warmupSteps = builder.warmupSteps;
    epochs = builder.epochs;
    batchSize = builder.batchSize;
    maxTokens = builder.maxTokens;
    weightDecay = builder.weightDecay;
    beta1 = builder.beta1;
    beta2 = builder.beta2;
    maxGradientNorm = builder.maxGradientNorm;
    seed = builder.seed;
    checkpointSteps = builder.checkpointSteps;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts from these settings. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.learningRate = learningRate;
    builder.finalLearningRateRatio = finalLearningRateRatio;
    builder.warmupSteps = warmupSteps;
    builder.epochs = epochs;
    builder.batchSize = batchSize;
    builder.maxTokens = maxTokens;
    builder.weightDecay = weightDecay;
    builder.beta1 = beta1;
    builder.beta2 = beta2;
    builder.maxGradientNorm = maxGradientNorm;
    builder.seed = seed;
    builder.checkpointSteps = checkpointSteps;
    return builder;
  }

  /** Returns the peak learning rate, above 0 and at most 1. */
  public double learningRate() {
    return learningRate;
  }

  /** Returns the learning rate at the end as a share of the peak, 0 to 1. */
  public double finalLearningRateRatio() {
    return finalLearningRateRatio;
  }

  /** Returns the optimiser steps of linear warm-up, ≥ 0. */
  public int warmupSteps() {
    return warmupSteps;
  }

  /** Returns how often each example is seen, ≥ 1. */
  public int epochs() {
    return epochs;
  }

  /** Returns the examples per optimiser step, ≥ 1. */
  public int batchSize() {
    return batchSize;
  }

  /** Returns the longest example, prompt and completion, in tokens, ≥ 2. */
  public int maxTokens() {
    return maxTokens;
  }

  /** Returns the decoupled weight decay, 0 to 1. */
  public double weightDecay() {
    return weightDecay;
  }

  /** Returns the decay of the first moment, 0 to below 1. */
  public double beta1() {
    return beta1;
  }

  /** Returns the decay of the second moment, 0 to below 1. */
  public double beta2() {
    return beta2;
  }

  /** Returns the norm that gradients are clipped to, above 0. */
  public double maxGradientNorm() {
    return maxGradientNorm;
  }

  /** Returns the seed of the initial weights, of the order of examples and of dropout. */
  public long seed() {
    return seed;
  }

  /** Returns the optimiser steps between checkpoints, ≥ 1. */
  public int checkpointSteps() {
    return checkpointSteps;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof TrainingConfig other && toString().equals(other.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return "learningRate=%s finalLearningRateRatio=%s warmupSteps=%s epochs=%s batchSize=%s maxTokens=%s weightDecay=%s beta1=%s beta2=%s maxGradientNorm=%s seed=%s checkpointSteps=%s"
        .formatted(
            learningRate,
            finalLearningRateRatio,
            warmupSteps,
            epochs,
            batchSize,
            maxTokens,
            weightDecay,
            beta1,
            beta2,
            maxGradientNorm,
            seed,
            checkpointSteps);
  }

  /** Collects settings; not safe for use by several threads. */
  public static final class Builder {
    private double learningRate = 1e-4;
    private double finalLearningRateRatio = 0.2;
    private int warmupSteps = 5;
    private int epochs = 2;
    private int batchSize = 8;
    private int maxTokens = 4096;
    private double weightDecay = 0.1;
    private double beta1 = 0.9;
    private double beta2 = 0.95;
    private double maxGradientNorm = 1;
    private long seed;
    private int checkpointSteps = 20;

    private Builder() {}

    /** Sets the peak learning rate, above 0 and at most 1. */
    public Builder learningRate(double learningRate) {
      this.learningRate = Checks.positive("learningRate", learningRate, 1);
      return this;
    }

    /** Sets the learning rate at the end as a share of the peak, 0 to 1. */
    public Builder finalLearningRateRatio(double finalLearningRateRatio) {
      this.finalLearningRateRatio =
          Checks.inRange("finalLearningRateRatio", finalLearningRateRatio, 0, 1);
      return this;
    }

    /** Sets the optimiser steps of linear warm-up, ≥ 0. */
    public Builder warmupSteps(int warmupSteps) {
      this.warmupSteps = Checks.atLeast("warmupSteps", warmupSteps, 0);
      return this;
    }

    /** Sets how often each example is seen, ≥ 1. */
    public Builder epochs(int epochs) {
      this.epochs = Checks.atLeast("epochs", epochs, 1);
      return this;
    }

    /** Sets the examples per optimiser step, ≥ 1. */
    public Builder batchSize(int batchSize) {
      this.batchSize = Checks.atLeast("batchSize", batchSize, 1);
      return this;
    }

    /** Sets the longest example, prompt and completion, in tokens, ≥ 2. */
    public Builder maxTokens(int maxTokens) {
      this.maxTokens = Checks.atLeast("maxTokens", maxTokens, 2);
      return this;
    }

    /** Sets the decoupled weight decay, 0 to 1. */
    public Builder weightDecay(double weightDecay) {
      this.weightDecay = Checks.inRange("weightDecay", weightDecay, 0, 1);
      return this;
    }

    /** Sets the decay of the first moment, 0 to below 1. */
    public Builder beta1(double beta1) {
      this.beta1 = Checks.belowOne("beta1", beta1);
      return this;
    }

    /** Sets the decay of the second moment, 0 to below 1. */
    public Builder beta2(double beta2) {
      this.beta2 = Checks.belowOne("beta2", beta2);
      return this;
    }

    /** Sets the norm that gradients are clipped to, above 0. */
    public Builder maxGradientNorm(double maxGradientNorm) {
      this.maxGradientNorm = Checks.positive("maxGradientNorm", maxGradientNorm, Double.MAX_VALUE);
      return this;
    }

    /** Sets the seed of the initial weights, of the order of examples and of dropout. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Sets the optimiser steps between checkpoints, ≥ 1. */
    public Builder checkpointSteps(int checkpointSteps) {
      this.checkpointSteps = Checks.atLeast("checkpointSteps", checkpointSteps, 1);
      return this;
    }

    /** Returns the settings. */
    public TrainingConfig build() {
      return new TrainingConfig(this);
    }
  }
}
