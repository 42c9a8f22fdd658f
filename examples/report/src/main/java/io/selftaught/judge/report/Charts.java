package io.selftaught.judge.report;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;

import io.selftaught.judge.core.calibrate.Reliability;
import io.selftaught.judge.core.eval.Rate;
import j2html.tags.DomContent;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.Series;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The charts of a page, each a figure with a title and a caption. They are drawn as narrow as the
 * screen of a phone, so that their letters are legible there, and set in columns elsewhere.
 */
final class Charts {

  private static final int WIDTH = 380;
  private static final int HEIGHT = 250;
  private static final float[] DASH = {4, 3};

  private int drawn;

  /** Shares over categories such as rounds, as lines with their intervals; gaps where unknown. */
  DomContent lines(String title, String caption, List<String> x, Map<String, List<Rate>> series) {
    XYChart chart = xy();
    over(chart, x);
    percentAxis(chart.getStyler());
    double[] places = IntStream.range(0, x.size()).asDoubleStream().toArray();
    int color = 0;
    for (Map.Entry<String, List<Rate>> line : series.entrySet()) {
      addLine(chart, line.getKey(), percents(line.getValue()), Ink.ofSeries(color));
      addIntervals(chart, line.getKey(), places, line.getValue(), Ink.ofSeries(color++));
    }
    return figure(chart, title, caption);
  }

  /** Amounts over categories as lines that begin at 0; gaps where there is none. */
  DomContent amounts(
      String title, String caption, List<String> x, Map<String, List<OptionalDouble>> series) {
    XYChart chart = xy();
    over(chart, x);
    chart.getStyler().setYAxisMin(0.0);
    int color = 0;
    for (Map.Entry<String, List<OptionalDouble>> line : series.entrySet()) {
      addLine(chart, line.getKey(), line.getValue(), Ink.ofSeries(color++));
    }
    return figure(chart, title, caption);
  }

  private static void over(XYChart chart, List<String> x) {
    // Between whole numbers XChart puts its marks on all of them, if all their labels differ.
    chart.getStyler().setXAxisMin(-1.0).setXAxisMax((double) x.size()).setXAxisMaxLabelCount(14);
    chart.setCustomXAxisTickLabelsFormatter(
        at -> at < 0 ? " " : at >= x.size() ? "  " : x.get(at.intValue()));
  }

  private static void addLine(
      XYChart chart, String name, List<OptionalDouble> values, Color color) {
    if (values.stream().anyMatch(OptionalDouble::isPresent)) {
      chart
          .addSeries(
              name,
              IntStream.range(0, values.size()).asDoubleStream().toArray(),
              values.stream().mapToDouble(value -> value.orElse(Double.NaN)).toArray())
          .setMarker(SeriesMarkers.CIRCLE)
          .setMarkerColor(color)
          .setLineColor(color)
          .setLineStyle(new BasicStroke(2));
    }
  }

  /**
   * An interval is not symmetric about its share, but an error bar is about its point: so it is
   * that of a second series, in the middle of the interval, of which nothing else is seen.
   */
  private static void addIntervals(
      XYChart chart, String name, double[] x, List<Rate> rates, Color color) {
    int[] known = IntStream.range(0, rates.size()).filter(i -> rates.get(i).of() > 0).toArray();
    if (known.length == 0) {
      return;
    }
    List<Rate.Interval> intervals =
        rates.stream().flatMap(rate -> rate.interval().stream()).toList();
    XYSeries series =
        chart.addSeries(
            name + " interval",
            IntStream.of(known).mapToDouble(i -> x[i]).toArray(),
            intervals.stream().mapToDouble(i -> 50 * (i.high() + i.low())).toArray(),
            intervals.stream().mapToDouble(i -> 50 * (i.high() - i.low())).toArray());
    series.setMarker(SeriesMarkers.NONE).setLineColor(color).setLineStyle(SeriesLines.NONE);
    series.setShowInLegend(false);
  }

  /** Shares as bars. */
  DomContent bars(String title, String caption, Map<String, Rate> bars) {
    CategoryChart chart = categories();
    percentAxis(chart.getStyler());
    List<Double> shares = bars.values().stream().map(rate -> 100 * rate.value().orElse(0)).toList();
    paint(chart.addSeries("share", List.copyOf(bars.keySet()), shares), Ink.ofSeries(0));
    chart.getStyler().setLabelsVisible(true).setLabelsFontColorAutomaticEnabled(false);
    chart.getStyler().setLabelsFontColor(Ink.PAPER.color()).setAvailableSpaceFill(0.6);
    return figure(chart, title, caption);
  }

  private static void paint(CategorySeries series, Color color) {
    series.setFillColor(color);
    series.setLineColor(color);
  }

  /** Counts over categories, one on the other, as parts of their sum. */
  DomContent parts(String title, String caption, List<String> x, Map<String, List<Long>> series) {
    CategoryChart chart = categories();
    chart.getStyler().setStacked(true).setAvailableSpaceFill(0.6);
    percentAxis(chart.getStyler());
    List<Long> sums = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      int at = i;
      sums.add(Math.max(1, series.values().stream().mapToLong(counts -> counts.get(at)).sum()));
    }
    int color = 0;
    for (Map.Entry<String, List<Long>> entry : series.entrySet()) {
      if (entry.getValue().stream().allMatch(count -> count == 0)) {
        color++;
        continue;
      }
      List<Double> shares = new ArrayList<>();
      for (int i = 0; i < x.size(); i++) {
        shares.add(100.0 * entry.getValue().get(i) / sums.get(i));
      }
      paint(chart.addSeries(entry.getKey(), x, shares), Ink.ofSeries(color++));
    }
    return figure(chart, title, caption);
  }

  /** Curves over numbers. */
  DomContent curves(
      String title, String caption, String xTitle, Map<String, NavigableMap<Long, Double>> curves) {
    XYChart chart = xy();
    chart.setXAxisTitle(xTitle);
    chart.getStyler().setXAxisMin(0.0);
    int i = 0;
    for (Map.Entry<String, NavigableMap<Long, Double>> curve : curves.entrySet()) {
      chart
          .addSeries(
              curve.getKey(),
              List.copyOf(curve.getValue().keySet()),
              List.copyOf(curve.getValue().values()))
          .setMarker(curve.getValue().size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE)
          .setMarkerColor(Ink.ofSeries(i))
          .setLineStyle(new BasicStroke(1.5f))
          .setLineColor(Ink.ofSeries(i++));
    }
    return figure(chart, title, caption);
  }

  /**
   * How often a judge is right by how sure it is, as dots with their intervals beside the diagonal
   * on which both are the same. Confidence begins at 1/3, so the axis begins there.
   */
  DomContent reliability(String title, String caption, List<Reliability.Bin> bins) {
    XYChart chart = xy();
    chart.setXAxisTitle("confidence");
    chart.getStyler().setXAxisMin(30.0).setXAxisMax(100.0).setXAxisDecimalPattern("0'%'");
    chart.getStyler().setXAxisTickMarkSpacingHint(40);
    percentAxis(chart.getStyler());
    double[] ends = {30, 100};
    chart
        .addSeries("as sure as right", ends, ends)
        .setMarker(SeriesMarkers.NONE)
        .setLineStyle(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, DASH, 0))
        .setLineColor(Ink.TEXT.color());
    double[] x = bins.stream().mapToDouble(bin -> 100 * bin.confidence()).toArray();
    chart
        .addSeries("judge", x, bins.stream().mapToDouble(bin -> 100 * bin.accuracy()).toArray())
        .setMarker(SeriesMarkers.CIRCLE)
        .setMarkerColor(Ink.ofSeries(0))
        .setLineColor(Ink.ofSeries(0))
        .setLineStyle(new BasicStroke(1.5f));
    addIntervals(chart, "judge", x, bins.stream().map(Charts::right).toList(), Ink.ofSeries(0));
    return figure(chart, title, caption);
  }

  /** Half a hit, where two preferences were equally likely, is rounded: it is for an interval. */
  static Rate right(Reliability.Bin bin) {
    return new Rate(Math.round(bin.accuracy() * bin.n()), bin.n());
  }

  private static XYChart xy() {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).build();
    style(chart.getStyler());
    return chart;
  }

  private static CategoryChart categories() {
    CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).build();
    style(chart.getStyler());
    chart.getStyler().setXAxisMaxLabelCount(12);
    return chart;
  }

  private static void percentAxis(AxesChartStyler styler) {
    styler.setYAxisMin(0.0).setYAxisMax(100.0).setYAxisDecimalPattern("0'%'");
  }

  private static void style(AxesChartStyler styler) {
    styler.setLocale(Locale.ROOT);
    styler.setErrorBarsColorSeriesColor(true);
    styler.setAxisTickLabelsColor(Ink.TEXT.color()).setAxisTickMarksColor(Ink.GRID.color());
    styler.setAxisTickLabelsFont(font(Font.PLAIN)).setAxisTitleFont(font(Font.PLAIN));
    styler.setPlotGridLinesColor(Ink.GRID.color()).setPlotGridLinesStroke(new BasicStroke(0.7f));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotBorderVisible(false).setPlotBackgroundColor(new Color(0, 0, 0, 0));
    styler.setChartBackgroundColor(new Color(0, 0, 0, 0)).setChartFontColor(Ink.TEXT.color());
    styler.setXAxisTitleColor(Ink.TEXT.color());
    styler.setChartTitleVisible(false).setChartPadding(4);
    styler
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setLegendBackgroundColor(new Color(0, 0, 0, 0))
        .setLegendBorderColor(new Color(0, 0, 0, 0))
        .setLegendFont(font(Font.PLAIN))
        .setLegendSeriesLineLength(12)
        .setLegendPadding(6)
        .setMarkerSize(6);
  }

  private static Font font(int style) {
    return new Font(Font.SANS_SERIF, style, 11);
  }

  private DomContent figure(Chart<?, ?> chart, String title, String caption) {
    chart
        .getStyler()
        .setLegendVisible(
            chart.getSeriesMap().values().stream().filter(Series::isShowInLegend).count() > 1);
    Optional<String> svg =
        Svg.draw("chart-" + ++drawn, title, WIDTH, HEIGHT, g -> chart.paint(g, WIDTH, HEIGHT));
    DomContent drawing =
        svg.<DomContent>map(text -> rawHtml(text))
            .orElse(p(attrs(".note"), "Not drawn: this machine has no fonts."));
    return j2html.TagCreator.figure(figcaption(strong(title), text(" " + caption)), drawing);
  }

  private static List<OptionalDouble> percents(List<Rate> rates) {
    return rates.stream()
        .map(Rate::value)
        .map(
            share ->
                share.isPresent()
                    ? OptionalDouble.of(100 * share.getAsDouble())
                    : OptionalDouble.empty())
        .toList();
  }
}
