package io.selftaught.judge.report;

import static j2html.TagCreator.text;

import io.selftaught.judge.core.calibrate.Reliability;
import io.selftaught.judge.core.eval.Rate;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far the probabilities that a judge tells can be relied on. */
record ReliabilitySection(Reliability reliability) {

  DomContent section(Charts charts) {
    return Parts.section(
        "Reliability of its probabilities",
        Parts.tiles(tiles()),
        Parts.charts(charts(charts)),
        table());
  }

  private List<DomContent> charts(Charts charts) {
    Map<String, Rate> sizes = new LinkedHashMap<>();
    reliability.bins().forEach(bin -> sizes.put(range(bin), new Rate(bin.n(), reliability.n())));
    return List.of(
        charts.reliability(
            "Reliability",
            "how often the likeliest preference is right, by how likely the judge holds it. Below"
                + " the line it is surer than it may be.",
            reliability.bins()),
        charts.bars("Confidence", "how likely the judge holds it, in shares of the pairs.", sizes));
  }

  private static String range(Reliability.Bin bin) {
    return Words.decimal("%.0f–%.0f%%", 100 * bin.from(), 100 * bin.to());
  }

  private List<DomContent> tiles() {
    return List.of(
        Parts.tile(
            "Expected calibration error",
            Words.percent(reliability.expectedCalibrationError()),
            "mean distance of confidence and accuracy; 0 is perfect"),
        Parts.tile(
            "Brier score",
            Words.decimal("%.3f", reliability.brierScore()),
            "mean squared distance from the label; 0 is perfect, 2 the worst"),
        Parts.tile(
            "Pairs with probabilities",
            Integer.toString(reliability.n()),
            Words.percent(reliability.accuracy()) + " right by the likeliest"));
  }

  private DomContent table() {
    List<List<DomContent>> rows = new ArrayList<>();
    for (Reliability.Bin bin : reliability.bins()) {
      rows.add(
          List.of(
              text(range(bin)),
              text(Words.percent(bin.confidence())),
              Parts.whisker(Charts.right(bin)),
              text(Words.percent(bin.accuracy())),
              text(Integer.toString(bin.n()))));
    }
    return Parts.wideTable(List.of("Confidence", "Mean confidence", "", "Right", "Pairs"), rows);
  }
}
