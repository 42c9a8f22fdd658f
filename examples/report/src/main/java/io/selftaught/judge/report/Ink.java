package io.selftaught.judge.report;

import java.awt.Color;
import java.util.List;

/**
 * A colour of drawings: a stand-in, which nothing else is drawn in, for a variable of the page's
 * stylesheet.
 */
record Ink(Color color, String variable) {

  static final Ink TEXT = new Ink(new Color(1, 2, 3), "--text");
  static final Ink PAPER = new Ink(new Color(1, 2, 5), "--paper");
  static final Ink GRID = new Ink(new Color(1, 2, 4), "--grid");

  private static final List<Ink> SERIES =
      List.of(
          new Ink(new Color(1, 3, 1), "--series-1"),
          new Ink(new Color(1, 3, 2), "--series-2"),
          new Ink(new Color(1, 3, 3), "--series-3"),
          new Ink(new Color(1, 3, 4), "--series-4"),
          new Ink(new Color(1, 3, 5), "--series-5"),
          new Ink(new Color(1, 3, 6), "--series-6"));

  /** Returns the colour of the i-th series, from 0; there are six that take turns. */
  static Color ofSeries(int i) {
    return SERIES.get(i % SERIES.size()).color();
  }

  /** Replaces each of these colours in an SVG by its variable. */
  static String toStylesheet(String svg) {
    String styled = TEXT.replaceIn(PAPER.replaceIn(GRID.replaceIn(svg)));
    for (Ink ink : SERIES) {
      styled = ink.replaceIn(styled);
    }
    return styled;
  }

  private String replaceIn(String svg) {
    String drawn = "rgb(%d,%d,%d)".formatted(color.getRed(), color.getGreen(), color.getBlue());
    return svg.replace(drawn, "var(" + variable + ")");
  }
}
