package io.selftaught.judge.core.eval;

import static java.util.stream.Collectors.groupingBy;

import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** The rules by which published sets score a judge. */
final class BenchmarkScores {

  private BenchmarkScores() {}

  /** Returns the id of the row that a pair comes from. */
  static String item(Judged pair) {
    String id = pair.item().id();
    int slash = id.lastIndexOf('/');
    return slash < 0 ? id : id.substring(0, slash);
  }

  static Map<String, Double> judgeBench(EvaluationReport report) {
    Map<String, Double> scores =
        byCategory(report, pairs -> share(pairs, BenchmarkScores::isRightOnBalance));
    share(report.judged(), BenchmarkScores::isRightOnBalance)
        .ifPresent(score -> scores.put("overall", score));
    share(report.judged(), Judged::isRightInBothOrders)
        .ifPresent(score -> scores.put("overall, strict", score));
    return scores;
  }

  /** Each order is worth 1 if right, -1 if wrong, 0 if a tie or nothing; the sum decides. */
  private static boolean isRightOnBalance(Judged pair) {
    int balance = 0;
    for (Order order : Order.values()) {
      Optional<Preference> verdict =
          pair.verdictIn(order).filter(preference -> preference != Preference.TIE);
      if (verdict.isPresent()) {
        balance += verdict.get() == pair.item().preferred() ? 1 : -1;
      }
    }
    return balance > 0;
  }

  static Map<String, Double> rmBench(EvaluationReport report) {
    Map<String, Map<String, List<Judged>>> domains =
        report.judged().stream()
            .collect(
                groupingBy(
                    pair -> pair.item().category().replaceFirst("^safety-.*", "safety"),
                    TreeMap::new,
                    // Safety is the mean of two halves of unequal size.
                    groupingBy(pair -> pair.item().category(), TreeMap::new, toPairs())));
    Map<String, Double> scores = new LinkedHashMap<>();
    for (String difficulty : List.of("easy", "normal", "hard")) {
      mean(domains.values(), halves -> mean(halves.values(), half -> cells(half, difficulty)))
          .ifPresent(score -> scores.put(difficulty, score));
    }
    domains.forEach(
        (name, halves) ->
            mean(halves.values(), BenchmarkScores::cells)
                .ifPresent(score -> scores.put(name, score)));
    mean(domains.values(), halves -> mean(halves.values(), BenchmarkScores::cells))
        .ifPresent(score -> scores.put("overall", score));
    return scores;
  }

  private static Collector<Judged, ?, List<Judged>> toPairs() {
    return Collectors.toList();
  }

  /** Returns the mean over the three difficulties. */
  private static OptionalDouble cells(List<Judged> pairs) {
    return mean(List.of("easy", "normal", "hard"), difficulty -> cells(pairs, difficulty));
  }

  private static OptionalDouble cells(List<Judged> pairs, String difficulty) {
    return share(
        pairs.stream().filter(pair -> difficulty(pair).equals(difficulty)).toList(),
        Judged::isRight);
  }

  /** The styles, from plain to fancy, are the last digits of {@code …/c0-r2}. */
  private static String difficulty(Judged pair) {
    String id = pair.item().id();
    int better = id.charAt(id.length() - 4);
    int worse = id.charAt(id.length() - 1);
    return better == worse ? "normal" : better > worse ? "easy" : "hard";
  }

  static Map<String, Double> llmBar(EvaluationReport report) {
    Map<String, Double> scores = byCategory(report, BenchmarkScores::askings);
    mean(
            scores.keySet().stream()
                .filter(name -> !name.toLowerCase(Locale.ROOT).contains("natural"))
                .toList(),
            name -> OptionalDouble.of(scores.getOrDefault(name, 0.0)))
        .ifPresent(score -> scores.put("adversarial", score));
    askings(report.judged()).ifPresent(score -> scores.put("accuracy over both orders", score));
    report.positionConsistency().value().ifPresent(s -> scores.put("same in both orders", s));
    return scores;
  }

  /** Returns the share of right askings, an unreadable one being wrong. */
  private static OptionalDouble askings(Collection<Judged> pairs) {
    return pairs.stream()
        .flatMapToDouble(
            pair ->
                pair.judgment().traces().stream()
                    .map(Trace::verdict)
                    .mapToDouble(v -> v.equals(Verdict.decided(pair.item().preferred())) ? 1 : 0))
        .average();
  }

  static Map<String, Double> mtBench(EvaluationReport report) {
    Map<String, Double> scores = new LinkedHashMap<>();
    List<Judged> answered =
        report.judged().stream().filter(pair -> withFlipAsTie(pair).isPresent()).toList();
    share(answered, pair -> withFlipAsTie(pair).equals(Optional.of(pair.item().preferred())))
        .ifPresent(score -> scores.put("agreement", score));
    share(
            answered.stream()
                .filter(Judged::hasPreferredAnswer)
                .filter(pair -> withFlipAsTie(pair).filter(p -> p != Preference.TIE).isPresent())
                .toList(),
            Judged::isRight)
        .ifPresent(score -> scores.put("agreement without ties", score));
    return scores;
  }

  private static Optional<Preference> withFlipAsTie(Judged pair) {
    return pair.judgment()
        .verdict()
        .fold(
            Optional::of,
            cause -> cause == Cause.INCONSISTENT ? Optional.of(Preference.TIE) : Optional.empty());
  }

  static Map<String, Double> pandaLm(EvaluationReport report) {
    Map<String, Double> scores = new LinkedHashMap<>();
    share(report.judged(), Judged::isRight).ifPresent(score -> scores.put("accuracy", score));
    if (scores.isEmpty()) {
      return scores;
    }
    double precision = 0;
    double recall = 0;
    double f1 = 0;
    for (Preference one : Preference.values()) {
      double labelled = count(report, pair -> pair.item().preferred() == one);
      double said = count(report, pair -> verdict(pair).equals(Optional.of(one)));
      double both = count(report, pair -> pair.isRight() && pair.item().preferred() == one);
      precision += said == 0 ? 0 : both / said / 3;
      recall += labelled == 0 ? 0 : both / labelled / 3;
      f1 += labelled + said == 0 ? 0 : 2 * both / (labelled + said) / 3;
    }
    scores.put("precision", precision);
    scores.put("recall", recall);
    scores.put("F1", f1);
    return scores;
  }

  private static Optional<Preference> verdict(Judged pair) {
    return pair.judgment().verdict().preference();
  }

  private static double count(EvaluationReport report, Predicate<Judged> counted) {
    return report.judged().stream().filter(counted).count();
  }

  private static Map<String, Double> byCategory(
      EvaluationReport report, Function<List<Judged>, OptionalDouble> score) {
    Map<String, Double> scores = new LinkedHashMap<>();
    report.judged().stream()
        .collect(groupingBy(pair -> pair.item().category(), TreeMap::new, toPairs()))
        .forEach((name, pairs) -> score.apply(pairs).ifPresent(s -> scores.put(name, s)));
    return scores;
  }

  private static OptionalDouble share(Collection<Judged> pairs, Predicate<Judged> right) {
    ToDoubleFunction<Judged> point = pair -> right.test(pair) ? 1 : 0;
    return pairs.stream().mapToDouble(point).average();
  }

  private static <T> OptionalDouble mean(Collection<T> groups, Function<T, OptionalDouble> score) {
    return groups.stream().map(score).flatMapToDouble(OptionalDouble::stream).average();
  }
}
