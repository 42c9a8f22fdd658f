package io.selftaught.judge.report;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.small;
import static j2html.TagCreator.span;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import io.selftaught.judge.core.eval.Rate;
import j2html.tags.DomContent;
import java.util.List;

/** The building blocks that the pages share. */
final class Parts {

  private Parts() {}

  static DomContent section(String title, DomContent... content) {
    return j2html.TagCreator.section(h2(title), each(content));
  }

  /** A figure that is seen first, with what it means and how sure it is. */
  static DomContent tile(String name, String value, String detail) {
    return div(attrs(".tile"), dt(name), dd(span(attrs(".big"), value), small(detail)));
  }

  static DomContent tile(String name, Rate rate) {
    return tile(name, Words.share(rate), Words.detail(rate));
  }

  static DomContent tiles(List<DomContent> tiles) {
    return dl(attrs(".tiles"), each(tiles, tile -> tile));
  }

  /** Charts, as many beside each other as there is room for. */
  static DomContent charts(List<DomContent> charts) {
    return div(attrs(".charts"), each(charts, chart -> chart));
  }

  /** A table that scrolls by itself where it is too wide. The first cell of a row is its head. */
  static DomContent table(List<String> head, List<List<DomContent>> rows) {
    return table(".scroll", head, rows);
  }

  /** The same for a table of many columns, which would rather scroll than be squeezed. */
  static DomContent wideTable(List<String> head, List<List<DomContent>> rows) {
    return table(".scroll.wide", head, rows);
  }

  private static DomContent table(String style, List<String> head, List<List<DomContent>> rows) {
    return div(
            attrs(style),
            j2html.TagCreator.table(
                thead(tr(each(head, name -> th(name).attr("scope", "col")))),
                tbody(each(rows, Parts::row))))
        .attr("tabindex", "0");
  }

  private static DomContent row(List<DomContent> cells) {
    return tr(
        th(cells.get(0)).attr("scope", "row"),
        each(cells.subList(1, cells.size()), cell -> td(cell)));
  }

  static DomContent rate(Rate rate) {
    return span(
        text(Words.share(rate)), small(rate.of() == 0 ? "" : " (" + Words.detail(rate) + ")"));
  }

  /** A share as a dot on its interval, on a line from 0 to 100%. */
  static DomContent whisker(Rate rate) {
    if (rate.interval().isEmpty()) {
      return text(Words.UNKNOWN);
    }
    Rate.Interval interval = rate.interval().get();
    return span(
            attrs(".whisker"),
            span(attrs(".range")).withStyle(place(interval.low(), interval.high())),
            span(attrs(".dot"))
                .withStyle(Words.decimal("left:%.2f%%", 100.0 * rate.hits() / rate.of())))
        .attr("aria-hidden", "true");
  }

  /** Two amounts as parts of a bar, drawn to the scale of the greatest sum. */
  static DomContent bar(long first, long second, long scale) {
    long all = Math.max(1, scale);
    return span(
            attrs(".bar"),
            span(attrs(".kept")).withStyle(Words.decimal("width:%.2f%%", 100.0 * first / all)),
            span(attrs(".dropped")).withStyle(Words.decimal("width:%.2f%%", 100.0 * second / all)))
        .attr("aria-hidden", "true");
  }

  private static String place(double low, double high) {
    return Words.decimal("left:%.2f%%;width:%.2f%%", 100 * low, 100 * (high - low));
  }
}
