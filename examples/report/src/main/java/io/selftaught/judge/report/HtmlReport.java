package io.selftaught.judge.report;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.core.SelfTrainingReport;
import io.selftaught.judge.core.data.TextFile;
import io.selftaught.judge.core.eval.EvaluationReport;
import j2html.tags.DomContent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A report as one HTML file: charts, tables, examples and the whole configuration. It loads nothing
 * and runs nothing, follows the reader's choice of light or dark, and can be printed. Texts of
 * models and data are shown as they are and never taken for markup.
 *
 * <pre>{@code
 * HtmlReport.of(report).withDirectory(run).write(run.resolve("report.html"));
 * }</pre>
 *
 * <p>Immutable; the {@code with} methods return variants.
 */
public final class HtmlReport {

  private final String title;
  private final Function<Optional<RunFiles>, List<DomContent>> body;
  private final Optional<Path> directory;
  private final List<Example> examples;

  private HtmlReport(
      String title,
      Function<Optional<RunFiles>, List<DomContent>> body,
      Optional<Path> directory,
      List<Example> examples) {
    this.title = requireNonNull(title, "title");
    this.body = body;
    this.directory = directory;
    this.examples = List.copyOf(examples);
  }

  /** Returns the page about a run of self-training. */
  public static HtmlReport of(SelfTrainingReport report) {
    requireNonNull(report, "report");
    return new HtmlReport(
        "A judge that taught itself",
        files -> new SelfTrainingPage(report, files).sections(),
        Optional.empty(),
        List.of());
  }

  /** Returns the page about an evaluation. */
  public static HtmlReport of(EvaluationReport report) {
    requireNonNull(report, "report");
    return new HtmlReport(
        "How good is this judge?",
        files -> new EvaluationPage(report).sections(),
        Optional.empty(),
        List.of());
  }

  /** Returns this page under another title. */
  public HtmlReport withTitle(String title) {
    return new HtmlReport(title, body, directory, examples);
  }

  /**
   * Returns this page with what only the directory of the run knows: its settings, the losses of
   * every step, the verdict and the length of each judgment. What is missing there is left out.
   */
  public HtmlReport withDirectory(Path directory) {
    return new HtmlReport(title, body, Optional.of(directory), examples);
  }

  /** Returns this page with examples, each judgment beside the other. */
  public HtmlReport withExamples(List<Example> examples) {
    return new HtmlReport(title, body, directory, examples);
  }

  /**
   * Returns the page.
   *
   * @throws InvalidInputException if the directory holds a damaged file
   */
  public String toHtml() {
    Optional<RunFiles> files = directory.map(RunFiles::new);
    List<DomContent> sections = new ArrayList<>(body.apply(files));
    if (!examples.isEmpty()) {
      sections.add(Parts.section("Examples", Examples.of(examples)));
    }
    sections.addAll(Settings.sections(files));
    return Page.render(title, sections);
  }

  /**
   * Writes the page.
   *
   * @throws InvalidInputException if the file cannot be written, or the directory of the run holds
   *     a damaged file
   */
  public void write(Path file) {
    TextFile.write(file, toHtml());
  }
}
