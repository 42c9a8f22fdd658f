package io.selftaught.judge.djl.decoder;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads rotary positions. Since transformers 5 everything stands in {@code rope_parameters}, before
 * it the base stood at the top level and the scaling in {@code rope_scaling}.
 */
final class RotaryReader {

  private static final double BASE = 10_000;

  private final Settings settings;
  private final int headDim;
  private final int context;
  private final OptionalInt wanted;
  private final Settings none;

  /**
   * Creates a reader.
   *
   * @param context what the model was made for, in tokens
   * @param wanted what it will be used for
   */
  RotaryReader(Settings settings, int headDim, int context, OptionalInt wanted) {
    this.settings = settings;
    this.headDim = headDim;
    this.context = context;
    this.wanted = wanted;
    this.none = settings.nothing();
  }

  /** Returns the positions of a model that has one kind. */
  Rotary only() {
    return read(scaling(), "rope_theta");
  }

  /** Returns the positions of layers without a window, where those with one have others. */
  Rotary global() {
    return read(part("full_attention").orElseGet(this::scaling), "rope_theta");
  }

  /** Returns the positions of layers with a window; they are not scaled. */
  Rotary local() {
    return read(part("sliding_attention").orElse(none), "rope_local_base_freq");
  }

  /**
   * Returns the longest context. LongRoPE models compute with other frequencies beyond their
   * original context, also for the positions before it; here they end there unless more is wanted.
   */
  int context() {
    if (wanted.isPresent()) {
      if (wanted.getAsInt() > context) {
        throw settings.refused(
            "a context of %d tokens".formatted(wanted.getAsInt()),
            "the model was made for %d".formatted(context));
      }
      return wanted.getAsInt();
    }
    return isLongRope(scaling()) ? Math.min(context, (int) original(scaling())) : context;
  }

  private Settings scaling() {
    return settings
        .object("rope_scaling")
        .or(() -> settings.object("rope_parameters"))
        .orElse(none);
  }

  private Optional<Settings> part(String layerType) {
    return settings.object("rope_parameters").flatMap(all -> all.object(layerType));
  }

  private static String type(Settings rope) {
    String type = rope.string("rope_type", rope.string("type", "default"));
    return type.equals("su") ? "longrope" : type;
  }

  /** Phi-3 called its LongRoPE "yarn" for a while. */
  private static boolean isLongRope(Settings rope) {
    return type(rope).equals("longrope") || rope.present("short_factor");
  }

  private double original(Settings rope) {
    String key = "original_max_position_embeddings";
    return rope.real(key, settings.real(key, context));
  }

  private Rotary read(Settings rope, String baseKey) {
    double base = rope.real("rope_theta", settings.real(baseKey, BASE));
    String partial = "partial_rotary_factor";
    int dimensions = (int) (headDim * rope.real(partial, settings.real(partial, 1)));
    if (!(base > 0) || dimensions < 2 || dimensions > headDim || dimensions % 2 != 0) {
      throw settings.refused(
          "rotary positions of base %s on %d of %d dimensions".formatted(base, dimensions, headDim),
          "the base must be above 0 and the dimensions even and within the head");
    }
    if (isLongRope(rope)) {
      return longRope(rope, base, dimensions);
    }
    return switch (type(rope)) {
      case "default" -> Rotary.unscaled(base, dimensions);
      case "linear" -> Rotary.linear(base, dimensions, rope.real("factor"));
      case "llama3" ->
          Rotary.llama3(
              base,
              dimensions,
              rope.real("factor"),
              rope.real("low_freq_factor"),
              rope.real("high_freq_factor"),
              original(rope));
      case "yarn" -> yarn(rope, base, dimensions);
      case GgufConfig.FACTORS -> perPair(rope, base, dimensions, rope.reals(GgufConfig.FACTORS), 1);
      default ->
          throw settings.refused(
              "rope scaling \"%s\"".formatted(type(rope)),
              "known are default, linear, llama3, yarn and longrope");
    };
  }

  private Rotary yarn(Settings rope, double base, int dimensions) {
    double by = rope.real("factor", context / original(rope));
    double sharpening = 0.1 * Math.log(by) + 1;
    for (String key : new String[] {"mscale", "mscale_all_dim"}) {
      if (rope.present(key)) {
        throw settings.refused("rope scaling with \"%s\"".formatted(key), "it is not known");
      }
    }
    return Rotary.yarn(
        base,
        dimensions,
        by,
        rope.real("beta_fast", 32),
        rope.real("beta_slow", 1),
        original(rope),
        !rope.present("truncate") || rope.flag("truncate"),
        rope.real("attention_factor", by > 1 ? sharpening : 1));
  }

  private Rotary longRope(Settings rope, double base, int dimensions) {
    double by = rope.real("factor", context / original(rope));
    double sharpening = Math.sqrt(1 + Math.log(Math.max(1, by)) / Math.log(original(rope)));
    return perPair(
        rope,
        base,
        dimensions,
        rope.reals(context() > original(rope) ? "long_factor" : "short_factor"),
        rope.real("attention_factor", sharpening));
  }

  private static Rotary perPair(
      Settings rope, double base, int dimensions, ImmutableDoubleArray divisors, double factor) {
    if (divisors.length() != dimensions / 2) {
      throw rope.refused(
          "%d rope factors".formatted(divisors.length()),
          "the head has %d pairs to turn".formatted(dimensions / 2));
    }
    return Rotary.divided(base, dimensions, divisors::get, factor);
  }
}
