package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.InstructionLabels;
import io.selftaught.judge.InstructionLabels.ExpectedLength;

/** Labels of an instruction as the three lines that the library reads back. */
final class LabelLines {

  private LabelLines() {}

  static String of(InstructionLabels labels) {
    return "Category: "
        + labels.category().title()
        + "\nComplexity: "
        + labels.complexity()
        + "\nLength: "
        + words(labels.expectedLength());
  }

  private static String words(ExpectedLength length) {
    return switch (length) {
      case ONE_SENTENCE -> "1 sentence";
      case FEW_SENTENCES -> "2-3 sentences";
      case ONE_PARAGRAPH -> "1 paragraph";
      case TWO_PARAGRAPHS -> "2 paragraphs";
      case THREE_OR_MORE_PARAGRAPHS -> "3+ paragraphs";
    };
  }
}
