package io.selftaught.judge.core.eval;

import io.selftaught.judge.core.calibrate.Reliability;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** A report for files and for people. */
final class ReportText {

  /** The rules by which the figures are counted, by the names they have in a file. */
  static final Map<String, String> RULES = rules();

  private ReportText() {}

  static JsonRecord toJson(EvaluationReport report) {
    JsonRecord.Builder json =
        JsonRecord.builder().put("judge", report.judge()).put("pairs", report.judged().size());
    if (report.unjudged() > 0) {
      json.put("unjudged", report.unjudged());
    }
    rates(report).forEach((name, rate) -> json.put(name, rate.toJson()));
    report.kappa().ifPresent(kappa -> json.put("kappa", kappa));
    report
        .kappaInterval()
        .ifPresent(
            interval -> json.put("kappaLow", interval.low()).put("kappaHigh", interval.high()));
    json.put(
        "reliability",
        report
            .reliability()
            .map(Reliability::toJson)
            .orElseGet(() -> JsonRecord.builder().put("n", 0).build()));
    JsonRecord.Builder causes = JsonRecord.builder();
    report.undecided().forEach((cause, count) -> causes.put(cause.name(), count));
    json.put("undecided", causes.build());
    JsonRecord.Builder categories = JsonRecord.builder();
    report.accuracyByCategory().forEach((name, rate) -> categories.put(name, rate.toJson()));
    json.put("accuracyByCategory", categories.build());
    report.pairsPerMinute().ifPresent(speed -> json.put("pairsPerMinute", speed));
    report.usage().promptTokens().ifPresent(count -> json.put("promptTokens", count));
    report.usage().completionTokens().ifPresent(count -> json.put("completionTokens", count));
    return json.putTextMap("rules", RULES).build();
  }

  static String toText(EvaluationReport report) {
    StringBuilder text = new StringBuilder();
    line(text, "judge", report.judge());
    line(text, "pairs", Integer.toString(report.judged().size()));
    if (report.unjudged() > 0) {
      line(text, "unjudged", report.unjudged() + " pairs, which no figure counts");
    }
    line(text, "sampleSize", sampleSize(report));
    rates(report).forEach((name, rate) -> line(text, name, rate.toString()));
    line(text, "kappa", decimal(report.kappa(), "%.3f"));
    line(
        text,
        "expectedCalibrationError",
        report.reliability().map(ReportText::calibrationError).orElse("unknown"));
    line(text, "undecided", report.undecided().toString());
    report
        .accuracyByCategory()
        .forEach((name, rate) -> line(text, "accuracy of " + name, rate.toString()));
    line(text, "pairsPerMinute", decimal(report.pairsPerMinute(), "%.1f"));
    line(text, "tokens", report.usage().toString());
    return text.toString();
  }

  /** Says how many pairs an accuracy takes, which is the first thing to know of it. */
  static String sampleSize(EvaluationReport report) {
    return String.format(
        Locale.ROOT,
        "an accuracy to within 5 points takes up to %d pairs with a preferred answer; these are %d",
        SampleSize.forHalfWidth(0.5, 0.05),
        report.accuracy().of());
  }

  static String calibrationError(Reliability reliability) {
    return String.format(
        Locale.ROOT, "%.3f (of %d)", reliability.expectedCalibrationError(), reliability.n());
  }

  static Map<String, Rate> rates(EvaluationReport report) {
    Map<String, Rate> rates = new LinkedHashMap<>();
    rates.put("accuracy", report.accuracy());
    rates.put("accuracyOfDecided", report.accuracyOfDecided());
    rates.put("alwaysFirst", report.alwaysFirst());
    rates.put("alwaysLonger", report.alwaysLonger());
    rates.put("tiesFound", report.tiesFound());
    rates.put("ties", report.ties());
    rates.put("undecidedRate", report.undecidedRate());
    rates.put("accuracyInBothOrders", report.accuracyInBothOrders());
    rates.put("positionConsistency", report.positionConsistency());
    rates.put("firstShownChosen", report.firstShownChosen());
    rates.put("flipsToFirst", report.flipsToFirst());
    rates.put("longerChosen", report.longerChosen());
    rates.put("accuracyWhenLongerIsBetter", report.accuracyWhenLongerIsBetter());
    rates.put("accuracyWhenShorterIsBetter", report.accuracyWhenShorterIsBetter());
    return rates;
  }

  private static Map<String, String> rules() {
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put("accuracy", "right / pairs with a preferred answer; undecided is not right");
    rules.put("accuracyOfDecided", "right / pairs with a preferred answer that were decided");
    rules.put("alwaysFirst", "accuracy of always preferring a");
    rules.put(
        "alwaysLonger", "accuracy of always preferring the longer answer, or a if none is longer");
    rules.put("tiesFound", "judged a tie / pairs labelled as ties");
    rules.put("ties", "judged a tie / all pairs");
    rules.put("undecidedRate", "without a verdict, for whatever cause / all pairs");
    rules.put("accuracyInBothOrders", "right in each order by itself / pairs asked in both orders");
    rules.put("positionConsistency", "same in both orders / pairs decided in both orders");
    rules.put(
        "firstShownChosen", "first shown / askings that were shown both and preferred an answer");
    rules.put(
        "flipsToFirst", "first shown both times / pairs whose orders preferred opposite answers");
    rules.put("longerChosen", "longer chosen / decided preferences between unequal lengths");
    rules.put("accuracyWhenLongerIsBetter", "accuracy where the longer answer is the better one");
    rules.put("accuracyWhenShorterIsBetter", "accuracy where the shorter answer is the better one");
    rules.put("kappa", "Cohen's kappa of label and verdict over decided pairs, ties included");
    rules.put("kappaLow, kappaHigh", "percentile bootstrap, 2000 samples, 95%");
    rules.put(
        "reliability",
        "pairs with probabilities, ties only if they could be said; ten bins of equal width; unknown if n is 0");
    rules.put("expectedCalibrationError", "mean of |confidence - accuracy| over bins, by their n");
    rules.put("brierScore", "mean squared distance from the label, summed over A, tie and B");
    rules.put("undecided", "pairs without a verdict, ties included, by cause");
    rules.put("unjudged", "pairs not judged before the deadline, in no figure; 0 if missing");
    rules.put("low, high", "Wilson score interval, 95%");
    return rules;
  }

  private static String decimal(OptionalDouble value, String format) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "unknown";
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-28s %s\n", name, value));
  }
}
