package io.selftaught.judge.cli;

import io.selftaught.judge.core.data.TextFile;
import io.selftaught.judge.core.eval.EvaluationReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A file that an evaluation is written to for another program, in the format of its extension.
 *
 * @param file the file
 * @param format its format
 */
record Export(Path file, Format format) {

  /** Writes a report, over what the file held. */
  void write(EvaluationReport report) {
    TextFile.write(file, text(report));
  }

  private String text(EvaluationReport report) {
    return switch (format) {
      case MARKDOWN -> report.toMarkdown();
      case CSV -> report.toCsv();
      case JUNIT -> report.toJUnitXml("judge");
    };
  }

  /** What a file can be written as. */
  enum Format {
    /** The figures as tables, for a pull request. */
    MARKDOWN(".md"),
    /** A line for each pair, for a spreadsheet. */
    CSV(".csv"),
    /** A test case for each pair, for a CI server. */
    JUNIT(".xml");

    private final String extension;

    Format(String extension) {
      this.extension = extension;
    }

    static Optional<Format> of(Path file) {
      String name = file.toString().toLowerCase(Locale.ROOT);
      return Stream.of(values()).filter(format -> name.endsWith(format.extension)).findFirst();
    }
  }

  /** Reads the value of an option. */
  static final class Converter implements ITypeConverter<Export> {
    @Override
    public Export convert(String value) {
      Path file = Path.of(value);
      return Format.of(file)
          .map(format -> new Export(file, format))
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + value + "' ends in none of .md, .csv and .xml"));
    }
  }
}
