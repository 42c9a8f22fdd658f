package io.selftaught.judge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Usage;
import io.selftaught.judge.core.SelfTrainingReport;
import io.selftaught.judge.core.calibrate.Observation;
import io.selftaught.judge.core.calibrate.Reliability;
import io.selftaught.judge.core.eval.Evaluation;
import io.selftaught.judge.core.eval.EvaluationReport;
import io.selftaught.judge.core.eval.Rate;
import io.selftaught.judge.core.eval.SampleSize;
import io.selftaught.judge.core.score.Score;
import io.selftaught.judge.core.score.Scorer;
import io.selftaught.judge.core.score.Scorers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class HtmlReportTest {

  private static final String HOSTILE =
      "</p><script>alert(1)</script><img src=\"https://x.test/\" onerror='x()'/>&amp; \u0000\u001b[31m \ud800 ]]>";

  @TempDir private Path temp;

  static Stream<HtmlReport> everyPage() {
    return Stream.of(
        HtmlReport.of(Reports.learning(3)),
        HtmlReport.of(Reports.learning(1)),
        HtmlReport.of(Reports.learning(30)),
        HtmlReport.of(Reports.unmeasured()),
        HtmlReport.of(Reports.thatLearntNothing()),
        HtmlReport.of(Reports.ofNothing()),
        HtmlReport.of(Reports.evaluation(60)),
        HtmlReport.of(Reports.evaluation(1)),
        HtmlReport.of(Reports.evaluationWithProbabilities(300)),
        HtmlReport.of(Reports.evaluationWithProbabilities(1)),
        HtmlReport.of(Reports.learning(2)).withTitle(HOSTILE).withExamples(List.of(hostile())));
  }

  @ParameterizedTest
  @MethodSource("everyPage")
  void page_isWellFormedAndNeedsNothingElse(HtmlReport report) {
    Document page = Pages.parse(report.toHtml());

    Set<String> ids = new HashSet<>();
    for (Element element : Pages.elements(page, "*")) {
      assertThat(element.getTagName()).isNotIn("script", "link", "iframe", "object", "img");
      for (Attr attribute : Pages.attributes(element)) {
        assertThat(attribute.getName()).doesNotStartWith("on").isNotIn("src", "href", "xlink:href");
      }
      if (element.hasAttribute("id")) {
        assertThat(ids.add(element.getAttribute("id"))).as(element.getAttribute("id")).isTrue();
      }
    }
    assertThat(report.toHtml()).doesNotContain("url(http", "@import").contains("Content-Security");
  }

  @Test
  void page_twice_isTheSame() {
    assertThat(HtmlReport.of(Reports.learning(2)).toHtml())
        .isEqualTo(HtmlReport.of(Reports.learning(2)).toHtml());
  }

  @Test
  void textsOfModels_areShownAndNeverTakenForMarkup() {
    String html =
        HtmlReport.of(Reports.evaluation(3))
            .withTitle(HOSTILE)
            .withExamples(List.of(hostile()))
            .toHtml();

    String shown = HOSTILE.replaceAll("[\u0000\u001b\ud800]", "\ufffd");
    Document page = Pages.parse(html);
    assertThat(Pages.texts(page, "h1")).containsExactly(shown);
    // Prompt, both answers, and what two judges wrote.
    assertThat(Pages.texts(page, "p")).filteredOn(shown::equals).hasSize(5);
    assertThat(html).doesNotContain("<script", "<img", "\u0000", "\u001b");
  }

  @Test
  void selfTraining_figures_areThoseOfTheReport() {
    SelfTrainingReport report = Reports.learning(3);

    Document page = Pages.parse(HtmlReport.of(report).toHtml());

    assertThat(Pages.row(page, "Accuracy"))
        .containsExactly(
            "50.0% (200 of 400, 45.1 to 54.9%)",
            "56.0% (224 of 400, 51.1 to 60.8%)",
            "62.0% (248 of 400, 57.2 to 66.6%)",
            "68.0% (272 of 400, 63.3 to 72.4%)");
    assertThat(Pages.row(page, "Same verdict in both orders").get(3))
        .startsWith("80.0% (312 of 390");
    assertThat(Pages.row(page, "First shown chosen").get(0)).startsWith("81.0% (640 of 790");
    assertThat(Pages.row(page, "Undecided").get(1)).isEqualTo("116 inconsistent, 10 unparsable");
    assertThat(Pages.row(page, "Judgments that agree").get(1)).startsWith("47.5% (650 of 1368");
    assertThat(Pages.row(page, "Judgments learnt")).containsExactly("", "140", "160", "180");
    assertThat(Pages.row(page, "Loss, first to last").get(1)).isEqualTo("2.131 to 0.911");
    assertThat(Pages.row(page, "Against the seed").get(3))
        .startsWith("+18.0 points (12.1 to 23.7), p = ");
    assertThat(Pages.row(page, "label"))
        .containsExactly("", "470", "10", "10 unreadable label", "1 min 1 s");
    assertThat(Pages.texts(page, "dd"))
        .contains("50.0%200 of 400, 45.1 to 54.9%", "480in 3 of 3 rounds");
    assertThat(Pages.elements(page, "svg")).hasSize(4);
  }

  @Test
  void selfTraining_significantGain_isSaidWithItsProbability() {
    assertThat(lead(Reports.learning(3)))
        .contains("+18.0 points (12.1 to 23.7) on 400 held-out pairs (p = ");
  }

  @Test
  void selfTraining_gainWithinChance_saysHowManyPairsItTakesToBeSeen() {
    // 44 right only after, 40 only before.
    long pairs = SampleSize.forGain(4 / 400.0, 84 / 400.0, 0.8);
    assertThat(lead(Reports.gainingLittle()))
        .contains("+1.0 points", "can't be told from chance")
        .endsWith("To see a gain of this size takes " + pairs + " pairs.");
  }

  @Test
  void selfTraining_thatLearntNothing_saysSoAndWhy() {
    Document page = Pages.parse(HtmlReport.of(Reports.thatLearntNothing()).toHtml());

    assertThat(Pages.texts(page, "p"))
        .contains("Nothing was learnt.", "Stopped: round 1 kept nothing to learn from");
    assertThat(Pages.row(page, "Judgments learnt")).containsExactly("", "none");
    assertThat(Pages.row(page, "Accuracy").get(1)).isEqualTo("–");
  }

  @Test
  void selfTraining_withoutPairs_hasNoRounds() {
    Document page = Pages.parse(HtmlReport.of(Reports.ofNothing()).toHtml());

    assertThat(Pages.elements(page, "svg")).isEmpty();
    assertThat(Pages.row(page, "pair")).contains("0", "3", "3 empty <answer>");
  }

  @Test
  void selfTraining_unmeasured_saysThatNothingWasMeasured() {
    assertThat(lead(Reports.unmeasured())).contains("no labelled pairs were given");
  }

  @Test
  void directory_addsSettingsLossesAndTheVerdictsByOrder() throws IOException {
    Files.writeString(
        temp.resolve("run.json"), "{\"settings\": {\"model\": \"a <model>\", \"seed\": \"1\"}}");
    Path round = Files.createDirectories(temp.resolve("round-1"));
    Files.writeString(
        round.resolve("losses.jsonl"), "{\"step\":1,\"loss\":2.5}\n{\"step\":2,\"loss\":1.5}\n");
    Files.writeString(
        round.resolve("annotate.jsonl"),
        """
        {"id":"1","dropped":"model failed","detail":"once"}
        {"id":"1","kept":{"pairId":"1","traces":[{"order":"AB","verdict":"A","text":"So A."},{"order":"BA","verdict":"B","text":"It is B."}],"examples":[]}}
        """);

    Document page = Pages.parse(HtmlReport.of(Reports.learning(1)).withDirectory(temp).toHtml());

    assertThat(Pages.row(page, "model")).containsExactly("a <model>");
    assertThat(Pages.row(page, "seed")).containsExactly("1");
    assertThat(Pages.texts(page, "figcaption"))
        .anyMatch(text -> text.startsWith("Loss "))
        .anyMatch(text -> text.startsWith("Length of judgments "))
        .anyMatch(text -> text.contains("by round and order"));
  }

  @Test
  void directory_thatIsEmpty_isLeftOut() {
    assertThat(HtmlReport.of(Reports.learning(1)).withDirectory(temp).toHtml())
        .isEqualTo(HtmlReport.of(Reports.learning(1)).toHtml());
  }

  @Test
  void evaluation_figures_areThoseOfTheReport() {
    EvaluationReport report = Reports.evaluation(60);

    Document page = Pages.parse(HtmlReport.of(report).toHtml());

    assertThat(Pages.row(page, "Accuracy").get(1)).isEqualTo(rate(report.accuracy()));
    assertThat(Pages.row(page, "Longer chosen").get(1)).isEqualTo(rate(report.longerChosen()));
    assertThat(Pages.row(page, "Ties found").get(1)).isEqualTo(rate(report.tiesFound()));
    assertThat(Pages.row(page, "code & <tags>").get(1))
        .isEqualTo(rate(report.accuracyByCategory().get("code & <tags>")));
    assertThat(Pages.row(page, "(none)").get(1))
        .isEqualTo(rate(report.accuracyByCategory().get("")));
    assertThat(Pages.row(page, "inconsistent"))
        .containsExactly(report.undecided().values().iterator().next().toString());
    assertThat(Pages.row(page, "Settings")).containsExactly(report.judge());
    assertThat(Pages.row(page, "Undecided").get(1)).isEqualTo(rate(report.undecidedRate()));
    assertThat(Pages.texts(page, "p"))
        .anyMatch(
            text ->
                text.endsWith(
                    "385 pairs with a preferred answer; these are %d."
                        .formatted(report.accuracy().of())));
    assertThat(Pages.texts(page, "figcaption")).anyMatch(text -> text.startsWith("Position bias"));
  }

  @Test
  void evaluation_ofMarksForSingleAnswers_saysNothingOfPlaces() {
    Scorer five =
        answer ->
            new Score(
                List.of(new Score.Reading("[[5]]", Optional.of(5), Optional.empty(), Usage.NONE)));

    EvaluationReport report = Evaluation.of(Scorers.judge(five, 0)).run(Reports.pairs(10));

    Document page = Pages.parse(HtmlReport.of(report).toHtml());
    assertThat(Pages.row(page, "First shown chosen").get(1)).contains("unknown");
    assertThat(Pages.texts(page, "figcaption")).noneMatch(text -> text.startsWith("Position bias"));
  }

  @Test
  void evaluation_withProbabilities_showsHowFarTheyCanBeReliedOn() {
    EvaluationReport report = Reports.evaluationWithProbabilities(300);
    Reliability reliability =
        Reliability.of(
            report.judged().stream()
                .filter(pair -> pair.item().preferred() != Preference.TIE)
                .flatMap(pair -> Observation.of(pair.judgment(), pair.item().preferred()).stream())
                .toList());

    String html = HtmlReport.of(report).toHtml();

    assertThat(html)
        .contains("Expected calibration error")
        .contains(Words.percent(reliability.expectedCalibrationError()))
        .contains("aria-label=\"Reliability\"")
        .contains("60–70%", "90–100%");
  }

  @Test
  void evaluation_withoutProbabilities_saysNothingOfThem() {
    assertThat(HtmlReport.of(Reports.evaluation(60)).toHtml())
        .doesNotContain("calibration", "Reliability");
  }

  @Test
  void write_newDirectory_isMade() {
    Path file = temp.resolve("new").resolve("report.html");

    HtmlReport.of(Reports.ofNothing()).write(file);

    assertThat(file).content().contains("</html>");
  }

  @Test
  void write_placeThatIsNone_isBadInput() throws IOException {
    Path file = Files.writeString(temp.resolve("taken"), "a file").resolve("report.html");

    assertThatThrownBy(() -> HtmlReport.of(Reports.ofNothing()).write(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("report.html");
  }

  @Test
  void write_isUtf8() throws IOException {
    Path file = temp.resolve("report.html");
    HtmlReport report = HtmlReport.of(Reports.ofNothing()).withTitle("Zwölf 評価");

    report.write(file);

    assertThat(Files.readString(file)).isEqualTo(report.toHtml()).contains("Zwölf 評価");
  }

  private static String lead(SelfTrainingReport report) {
    return Pages.texts(Pages.parse(HtmlReport.of(report).toHtml()), "p").get(0);
  }

  private static String rate(Rate rate) {
    return Words.share(rate) + " (" + Words.detail(rate) + ")";
  }

  private static Example hostile() {
    return Example.of(
        Comparison.of(HOSTILE, HOSTILE, HOSTILE),
        Preference.A,
        Reports.judgment(Preference.B, HOSTILE),
        Reports.judgment(Preference.A, HOSTILE));
  }
}
