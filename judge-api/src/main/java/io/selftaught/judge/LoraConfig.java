package io.selftaught.judge;

import java.util.Set;

/**
 * The shape of a LoRA adapter (Hu et al. 2021): {@code W x + alpha / rank * B A x} in place of
 * {@code W x}. Immutable. The defaults are rank 16, alpha 32, no dropout, all seven projections.
 */
public final class LoraConfig {

  private final int rank;
  private final double alpha;
  private final double dropout;
  private final Set<String> targetModules;

  private LoraConfig(Builder builder) {
    rank = builder.rank;
    alpha = builder.alpha;
    dropout = builder.dropout;
    targetModules = builder.targetModules;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts from these settings. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.rank = rank;
    builder.alpha = alpha;
    builder.dropout = dropout;
    builder.targetModules = targetModules;
    return builder;
  }

  /** Returns the inner dimension of A and B, ≥ 1. */
  public int rank() {
    return rank;
  }

  /** Returns the numerator of the scale {@code alpha / rank}, above 0. */
  public double alpha() {
    return alpha;
  }

  /** Returns the share of inputs to A dropped in training, 0 to below 1. */
  public double dropout() {
    return dropout;
  }

  /** Returns the projections that are adapted, by their Hugging Face names. */
  public Set<String> targetModules() {
    return targetModules;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof LoraConfig other && toString().equals(other.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return "rank=%s alpha=%s dropout=%s targetModules=%s"
        .formatted(rank, alpha, dropout, targetModules);
  }

  /** Collects settings; not safe for use by several threads. */
  public static final class Builder {
    private int rank = 16;
    private double alpha = 32;
    private double dropout;
    private Set<String> targetModules =
        Set.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    private Builder() {}

    /** Sets the inner dimension of A and B, ≥ 1. */
    public Builder rank(int rank) {
      this.rank = Checks.atLeast("rank", rank, 1);
      return this;
    }

    /** Sets the numerator of the scale {@code alpha / rank}, above 0. */
    public Builder alpha(double alpha) {
      this.alpha = Checks.inRange("alpha", alpha, Double.MIN_VALUE, Double.MAX_VALUE);
      return this;
    }

    /** Sets the share of inputs to A dropped in training, 0 to below 1. */
    public Builder dropout(double dropout) {
      this.dropout = Checks.inRange("dropout", dropout, 0, Math.nextDown(1.0));
      return this;
    }

    /** Sets the projections that are adapted, by their Hugging Face names. */
    public Builder targetModules(Set<String> targetModules) {
      this.targetModules = Set.copyOf(targetModules);
      return this;
    }

    /** Returns the settings. */
    public LoraConfig build() {
      return new LoraConfig(this);
    }
  }
}
