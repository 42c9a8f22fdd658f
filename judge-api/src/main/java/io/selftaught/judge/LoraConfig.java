package io.selftaught.judge;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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

  /**
   * Returns the projections that are adapted, by their Hugging Face names, in alphabetical order.
   */
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
        sorted(Set.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"));

    private Builder() {}

    /** Sets the inner dimension of A and B, ≥ 1. */
    public Builder rank(int rank) {
      this.rank = Checks.atLeast("rank", rank, 1);
      return this;
    }

    /** Sets the numerator of the scale {@code alpha / rank}, above 0. */
    public Builder alpha(double alpha) {
      this.alpha = Checks.positive("alpha", alpha, Double.MAX_VALUE);
      return this;
    }

    /** Sets the share of inputs to A dropped in training, 0 to below 1. */
    public Builder dropout(double dropout) {
      this.dropout = Checks.belowOne("dropout", dropout);
      return this;
    }

    /**
     * Sets the projections that are adapted, by their Hugging Face names.
     *
     * @throws IllegalArgumentException if there is none or one has no name
     */
    public Builder targetModules(Set<String> targetModules) {
      Checks.notEmpty("targetModules", List.copyOf(targetModules))
          .forEach(name -> Checks.notBlank("targetModules", name));
      this.targetModules = sorted(targetModules);
      return this;
    }

    // In one order on every machine and in every run: settings are compared by their text.
    private static Set<String> sorted(Set<String> names) {
      return Collections.unmodifiableSet(new TreeSet<>(names));
    }

    /** Returns the settings. */
    public LoraConfig build() {
      return new LoraConfig(this);
    }
  }
}
