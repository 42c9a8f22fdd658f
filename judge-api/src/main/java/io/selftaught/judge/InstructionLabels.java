package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

/**
 * What kind of instruction it is, so that a balanced and challenging subset can be chosen.
 *
 * @param category the field it belongs to
 * @param complexity from 1, trivial, to 10, needs an expert
 * @param expectedLength how long a good answer would be
 */
public record InstructionLabels(Category category, int complexity, ExpectedLength expectedLength) {

  public InstructionLabels {
    requireNonNull(category, "category");
    Checks.inRange("complexity", complexity, 1, 10);
    requireNonNull(expectedLength, "expectedLength");
  }

  /** The fifteen categories of Wang et al. 2024. */
  public enum Category {
    CODING("Coding"),
    MATHEMATICAL_REASONING("Mathematical reasoning"),
    ASKING_FOR_ADVICE("Asking for advice"),
    BRAINSTORMING("Brainstorming"),
    CLASSIFICATION("Classification"),
    CLOSED_QA("Closed question answering"),
    CREATIVE_WRITING("Creative writing"),
    EXTRACTION("Extraction"),
    PERSONA("Inhabiting a character or persona"),
    OPEN_QA("Open question answering"),
    REWRITING("Rewriting"),
    SUMMARIZATION("Summarization"),
    KNOWLEDGE_AND_REASONING("Knowledge and reasoning"),
    HUMANITIES("Humanity, history or social studies"),
    OTHER("Other");

    private final String title;

    Category(String title) {
      this.title = title;
    }

    /** Returns the name that models and people are shown. */
    public String title() {
      return title;
    }
  }

  /** The expected length of an answer, in five steps. */
  public enum ExpectedLength {
    ONE_SENTENCE,
    FEW_SENTENCES,
    ONE_PARAGRAPH,
    TWO_PARAGRAPHS,
    THREE_OR_MORE_PARAGRAPHS
  }
}
