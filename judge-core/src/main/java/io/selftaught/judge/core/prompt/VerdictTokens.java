package io.selftaught.judge.core.prompt;

import io.selftaught.judge.Generation.Token;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how likely a model held each verdict out of the token that gave it. */
final class VerdictTokens {

  /** A letter, with what a tokenizer may leave around it of the brackets. */
  private static final Pattern LETTER = Pattern.compile("[\\s\\[]*([ABC])[\\s\\]]*");

  private VerdictTokens() {}

  /**
   * Returns the probabilities at the first token that names a verdict, shared out among the
   * verdicts there are; nothing if its alternatives are unknown.
   */
  static Optional<Probabilities> read(List<Token> tokens, boolean ties) {
    return tokens.stream()
        .filter(token -> preference(token.text(), ties).isPresent())
        .findFirst()
        .flatMap(token -> probabilities(token, ties));
  }

  private static Optional<Probabilities> probabilities(Token token, boolean ties) {
    Map<Preference, Double> weights = new EnumMap<>(Preference.class);
    token
        .alternatives()
        .forEach(
            (text, logProbability) ->
                preference(text, ties)
                    // Relative to the token drawn, so that unlikely choices do not all become 0.
                    .ifPresent(
                        p ->
                            weights.merge(
                                p,
                                Math.exp(logProbability - token.logProbability()),
                                Double::sum)));
    double sum = weights.values().stream().mapToDouble(w -> w).sum();
    boolean usable = sum > 0 && Double.isFinite(sum);
    return usable
        ? Optional.of(
            Probabilities.ofWeights(
                weights.getOrDefault(Preference.A, 0.0),
                weights.getOrDefault(Preference.TIE, 0.0),
                weights.getOrDefault(Preference.B, 0.0)))
        : Optional.empty();
  }

  private static Optional<Preference> preference(String text, boolean ties) {
    Matcher letter = LETTER.matcher(text);
    if (!letter.matches()) {
      return Optional.empty();
    }
    return switch (letter.group(1)) {
      case "A" -> Optional.of(Preference.A);
      case "B" -> Optional.of(Preference.B);
      default -> ties ? Optional.of(Preference.TIE) : Optional.empty();
    };
  }
}
