package io.selftaught.judge.report;

import static j2html.TagCreator.body;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.title;

import j2html.Config;
import j2html.rendering.FlatHtml;
import j2html.tags.DomContent;
import j2html.tags.specialized.HtmlTag;
import j2html.utils.EscapeUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The frame of a report: one file that is well-formed both as HTML and as XML. */
final class Page {

  /** A second wall behind the escaping: a browser runs and loads nothing from this page. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private static final Config CONFIG =
      Config.defaults()
          .withEmptyTagsClosed(true)
          .withTextEscaper(text -> EscapeUtil.escape(printable(text)));

  private Page() {}

  static String render(String title, List<DomContent> sections) {
    HtmlTag page =
        html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    meta().attr("http-equiv", "Content-Security-Policy").withContent(POLICY),
                    title(title),
                    style(rawHtml(stylesheet()))),
                body(main(h1(title), each(sections, section -> section))))
            .withLang("en");
    try {
      StringBuilder text = new StringBuilder("<!DOCTYPE html>\n");
      page.render(FlatHtml.into(text, CONFIG));
      return text.append('\n').toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces what neither XML nor HTML allows in a text, such as an escape or half a surrogate. */
  private static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints().map(c -> isAllowed(c) ? c : '\uFFFD').forEach(printable::appendCodePoint);
    return printable.toString();
  }

  private static boolean isAllowed(int c) {
    boolean isControl = Character.isISOControl(c) && "\t\n\r".indexOf(c) < 0;
    boolean isHalf = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean isNoCharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return !isControl && !isHalf && !isNoCharacter;
  }

  private static String stylesheet() {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
