package io.selftaught.judge.core.eval;

import com.google.common.escape.Escaper;
import com.google.common.xml.XmlEscapers;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.calibrate.Reliability;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report in the formats that other programs read: pull requests, spreadsheets, CI servers. */
final class ReportFormats {

  private static final Escaper XML = XmlEscapers.xmlAttributeEscaper();

  private ReportFormats() {}

  static String toMarkdown(EvaluationReport report) {
    StringBuilder text = new StringBuilder();
    text.append("`").append(report.judge().replace("`", "'")).append("` on ");
    text.append(report.judged().size()).append(" pairs");
    text.append(report.unjudged() > 0 ? ", " + report.unjudged() + " unjudged" : "");
    text.append("\n\n");
    text.append("| figure | share | 95% interval | of |\n|---|---|---|---|\n");
    ReportText.rates(report).forEach((name, rate) -> text.append(row(name, rate)));
    report
        .accuracyByCategory()
        .forEach((name, rate) -> text.append(row("accuracy of " + cell(name), rate)));
    String kappa =
        report.kappa().isPresent()
            ? String.format(Locale.ROOT, "%.3f", report.kappa().getAsDouble())
            : "unknown";
    text.append("\nCohen's kappa ").append(kappa);
    text.append("; undecided ").append(report.undecided().isEmpty() ? "none" : causes(report));
    text.append(".\n\nSample size: ").append(ReportText.sampleSize(report));
    text.append(".\n\nExpected calibration error ");
    report
        .reliability()
        .ifPresentOrElse(
            reliability -> text.append(reliability(reliability)),
            () -> text.append("unknown: the judge tells no probabilities.\n"));
    return text.toString();
  }

  private static String reliability(Reliability reliability) {
    StringBuilder text = new StringBuilder(ReportText.calibrationError(reliability));
    text.append(String.format(Locale.ROOT, "; Brier score %.3f.\n\n", reliability.brierScore()));
    text.append("| confidence | mean confidence | right | of |\n|---|---|---|---|\n");
    for (Reliability.Bin bin : reliability.bins()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %.0f to %.0f%% | %.1f%% | %.1f%% | %d |\n",
              100 * bin.from(),
              100 * bin.to(),
              100 * bin.confidence(),
              100 * bin.accuracy(),
              bin.n()));
    }
    return text.toString();
  }

  private static String row(String name, Rate rate) {
    return rate.interval()
        .map(
            interval ->
                String.format(
                    Locale.ROOT,
                    "| %s | %.1f%% | %.1f to %.1f | %d |\n",
                    name,
                    100.0 * rate.hits() / rate.of(),
                    100 * interval.low(),
                    100 * interval.high(),
                    rate.of()))
        .orElse("| %s | unknown | | 0 |\n".formatted(name));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\R", " ");
  }

  private static String causes(EvaluationReport report) {
    return report.undecided().entrySet().stream()
        .map(cause -> cause.getValue() + " " + cause.getKey())
        .collect(Collectors.joining(", "));
  }

  static String toCsv(EvaluationReport report) {
    StringBuilder text =
        new StringBuilder("id,source,category,preferred,verdict,right,same in both orders\r\n");
    for (Judged pair : report.judged()) {
      text.append(
          Stream.of(
                  pair.item().id(),
                  pair.item().source(),
                  pair.item().category(),
                  pair.item().preferred().toString(),
                  pair.judgment().verdict().toString(),
                  Boolean.toString(pair.isRight()),
                  pair.isConsistent().map(same -> Boolean.toString(same)).orElse(""))
              .map(ReportFormats::quoted)
              .collect(Collectors.joining(",", "", "\r\n")));
    }
    return text.toString();
  }

  /** Quotes what RFC 4180 wants quoted. */
  private static String quoted(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  static String toJUnitXml(EvaluationReport report, String suite) {
    List<Judged> pairs = report.judged();
    long errors = pairs.stream().filter(ReportFormats::hasFailed).count();
    long right = pairs.stream().filter(Judged::isRight).count();
    StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text.append(
        "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"0\">\n"
            .formatted(XML.escape(suite), pairs.size(), pairs.size() - right - errors, errors));
    for (Judged pair : pairs) {
      text.append(
          "  <testcase name=\"%s\" classname=\"%s\""
              .formatted(XML.escape(pair.item().id()), XML.escape(className(suite, pair))));
      text.append(pair.isRight() ? "/>\n" : ">" + problem(pair) + "</testcase>\n");
    }
    return text.append("</testsuite>\n").toString();
  }

  private static String className(String suite, Judged pair) {
    String category = pair.item().category();
    return category.isEmpty() ? suite : suite + "." + category;
  }

  private static String problem(Judged pair) {
    Optional<Preference> verdict = pair.judgment().verdict().preference();
    return "<%s type=\"%s\" message=\"%s\"/>"
        .formatted(
            hasFailed(pair) ? "error" : "failure",
            verdict.isPresent() ? "wrong" : "undecided",
            XML.escape(
                "expected %s, was %s"
                    .formatted(pair.item().preferred(), pair.judgment().verdict())));
  }

  private static boolean hasFailed(Judged pair) {
    return pair.judgment().verdict().cause().filter(cause -> cause == Cause.FAILED).isPresent();
  }
}
