package io.selftaught.judge.core.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Preference;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportFormatsTest {

  private final EvaluationReport report =
      Answers.report(
          List.of(
              pair("1", "easy", Preference.A),
              pair("2", "ea|sy", Preference.B),
              pair("<\"3\", & \u0001>", "", Preference.A),
              pair("4", "", Preference.TIE)),
          pair -> List.of("RR", "RW", "FF", "WW").get(pair.comparison().a().length() % 4));

  /** The length of an answer says which of the four this is. */
  private static LabeledComparison pair(String id, String category, Preference preferred) {
    int place = id.equals("1") ? 4 : id.equals("2") ? 1 : id.equals("4") ? 3 : 2;
    return new LabeledComparison(
        id, "s", category, Comparison.of("p", "x".repeat(place), "b"), preferred);
  }

  @Test
  void markdown_figures_areRowsWithTheirIntervals() {
    assertThat(report.toMarkdown().lines())
        .startsWith("`scripted` on 4 pairs")
        .contains(
            "| figure | share | 95% interval | of |", "| accuracy | 33.3% | 6.1 to 79.2 | 3 |")
        .contains("| accuracy of ea\\|sy | 0.0% | 0.0 to 79.3 | 1 |")
        .anyMatch(line -> line.contains("undecided 1 INCONSISTENT, 1 FAILED"));
  }

  @Test
  void csv_everyPair_isALineWithQuotedTexts() {
    assertThat(report.toCsv().split("\r\n"))
        .containsExactly(
            "id,source,category,preferred,verdict,right,same in both orders",
            "1,s,easy,A,A,true,true",
            "2,s,ea|sy,B,INCONSISTENT,false,false",
            "\"<\"\"3\"\", & \u0001>\",s,,A,FAILED,false,",
            "4,s,,TIE,TIE,true,true");
  }

  @Test
  void jUnitXml_everyPair_isATestCase() throws Exception {
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(report.toJUnitXml("judge & co"))))
            .getDocumentElement();

    assertThat(suite.getAttribute("name")).isEqualTo("judge & co");
    assertThat(suite.getAttribute("tests")).isEqualTo("4");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    Element failure = (Element) suite.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).isEqualTo("expected B, was INCONSISTENT");
    Element error = (Element) suite.getElementsByTagName("error").item(0);
    assertThat(((Element) error.getParentNode()).getAttribute("name")).startsWith("<\"3\", & ");
  }
}
