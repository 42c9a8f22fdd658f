package io.selftaught.judge.report;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.intermediate.CommandSequence;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import j2html.utils.EscapeUtil;
import java.awt.AWTError;
import java.awt.Graphics2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Drawings as inline SVG. What is drawn in a colour of {@link Ink} gets its colour from the
 * stylesheet of the page, so that it follows light and dark.
 */
final class Svg {

  private static final Pattern ROOT = Pattern.compile("(?s)^.*?<svg[^>]*>");
  private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{3,}(?:[eE]-?\\d+)?");
  private static final Pattern CLIP = Pattern.compile("clip-?\\d+");

  private Svg() {}

  /**
   * Returns a drawing; nothing on a machine that has no fonts to draw with, which is a reason to
   * leave the drawing out and none to lose a report.
   *
   * @param id names the drawing uniquely in its page
   * @param label says what is seen, for those who don't see
   */
  static Optional<String> draw(
      String id, String label, int width, int height, Consumer<Graphics2D> painter) {
    VectorGraphics2D graphics = new VectorGraphics2D();
    try {
      painter.accept(graphics);
    } catch (LinkageError | AWTError | InternalError e) {
      return Optional.empty();
    }
    String root =
        "<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
            .formatted(width, height, EscapeUtil.escape(label));
    String drawn = text(graphics.getCommands(), width, height);
    String body = drawn.substring(endOfRoot(drawn));
    return Optional.of(root + Ink.toStylesheet(withNamesOf(id, rounded(body))).strip());
  }

  private static int endOfRoot(String svg) {
    Matcher root = ROOT.matcher(svg);
    if (!root.find()) {
      throw new IllegalStateException("No SVG was drawn");
    }
    return root.end();
  }

  private static String text(CommandSequence commands, int width, int height) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new SVGProcessor().getDocument(commands, new PageSize(0, 0, width, height)).writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Two decimals are a hundredth of a pixel; more only make the file larger. */
  private static String rounded(String svg) {
    return LONG_NUMBER
        .matcher(svg)
        .replaceAll(
            number ->
                new BigDecimal(number.group())
                    .setScale(2, RoundingMode.HALF_UP)
                    .stripTrailingZeros()
                    .toPlainString());
  }

  /** Names of clip paths are the same in two drawings, and others at every run, as they come. */
  private static String withNamesOf(String id, String svg) {
    StringBuilder named = new StringBuilder();
    Map<String, String> names = new HashMap<>();
    Matcher clip = CLIP.matcher(svg);
    while (clip.find()) {
      clip.appendReplacement(
          named, names.computeIfAbsent(clip.group(), name -> id + "-clip-" + names.size()));
    }
    return clip.appendTail(named).toString();
  }
}
