package io.selftaught.judge.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SvgTest {

  @Test
  void draw_machineWithoutFonts_givesNothing() {
    Optional<String> svg =
        Svg.draw(
            "x",
            "a chart",
            10,
            10,
            graphics -> {
              throw new UnsatisfiedLinkError("libfontmanager.so");
            });

    assertThat(svg).isEmpty();
  }

  @Test
  void draw_labelsAndNamesItAndTakesItsColoursFromThePage() {
    String svg =
        Svg.draw(
                "x",
                "a <chart>",
                10,
                20,
                graphics -> {
                  graphics.setColor(Ink.ofSeries(1));
                  graphics.clipRect(0, 0, 5, 5);
                  graphics.fill(new java.awt.geom.Rectangle2D.Double(1.23456, 0, 1, 1));
                })
            .orElseThrow();

    assertThat(svg)
        .startsWith("<svg ")
        .endsWith("</svg>")
        .contains("viewBox=\"0 0 10 20\"", "aria-label=\"a &lt;chart&gt;\"", "id=\"x-clip-0\"")
        .contains("var(--series-2)", "x=\"1.23\"")
        .doesNotContain("rgb(1,3,2)");
  }
}
