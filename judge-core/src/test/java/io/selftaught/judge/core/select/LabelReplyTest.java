package io.selftaught.judge.core.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.InstructionLabels;
import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.InstructionLabels.ExpectedLength;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LabelReplyTest {

  @Test
  void parse_threeLines_givesTheLabels() {
    assertThat(LabelReply.parse("Category: Coding\nComplexity: 7\nLength: 3+ paragraphs").labels())
        .contains(
            new InstructionLabels(Category.CODING, 7, ExpectedLength.THREE_OR_MORE_PARAGRAPHS));
  }

  @Test
  void parse_markupOrderAndTalkAround_areTolerated() {
    LabelReply reply =
        LabelReply.parse(
            """
            Sure! Here are the labels:
            - **Complexity:** 4/10 (fairly easy)
            2. *Expected length* - two paragraphs
            **CATEGORY** : "Creative Writing".
            Hope that helps!""");

    assertThat(reply.labels())
        .contains(
            new InstructionLabels(Category.CREATIVE_WRITING, 4, ExpectedLength.TWO_PARAGRAPHS));
  }

  @ParameterizedTest
  @EnumSource(Category.class)
  void parse_everyTitle_isItsCategory(Category category) {
    assertThat(LabelReply.parse("Category: " + category.title()).category()).contains(category);
  }

  @ParameterizedTest
  @CsvSource({
    "Math, MATHEMATICAL_REASONING",
    "Programming (Python), CODING",
    "Closed QA, CLOSED_QA",
    "Knowledge & Reasoning, KNOWLEDGE_AND_REASONING",
    "Translation, REWRITING",
    "History, HUMANITIES",
    "Role-play, PERSONA",
    "Summarize, SUMMARIZATION"
  })
  void parse_usualOtherName_isUnderstood(String name, Category category) {
    assertThat(LabelReply.parse("Category: " + name).category()).contains(category);
  }

  @Test
  void parse_unknownCategory_isEmptyAndLabelledOther() {
    LabelReply reply = LabelReply.parse("Category: Zoology\nComplexity: 3\nLength: 1 sentence");

    assertThat(reply.category()).isEmpty();
    assertThat(reply.labels().orElseThrow().category()).isEqualTo(Category.OTHER);
  }

  @ParameterizedTest
  @CsvSource({"10, 10", "3.5, -1", "0, -1", "11, -1", "high, -1", "99999999999, -1"})
  void parse_complexity_isAWholeNumberFromOneToTenOrNothing(String value, int expected) {
    OptionalInt complexity = LabelReply.parse("Complexity: " + value).complexity();

    assertThat(complexity).isEqualTo(expected < 0 ? OptionalInt.empty() : OptionalInt.of(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "1 sentence, ONE_SENTENCE",
    "2-3 sentences, FEW_SENTENCES",
    "a few sentences, FEW_SENTENCES",
    "One paragraph, ONE_PARAGRAPH",
    "2 paragraphs, TWO_PARAGRAPHS",
    "two paragraphs, TWO_PARAGRAPHS",
    "3+ paragraphs, THREE_OR_MORE_PARAGRAPHS",
    "3 or more paragraphs, THREE_OR_MORE_PARAGRAPHS",
    "several pages, THREE_OR_MORE_PARAGRAPHS"
  })
  void parse_length_isOneOfFiveSteps(String value, ExpectedLength expected) {
    assertThat(LabelReply.parse("Length: " + value).length()).contains(expected);
  }

  @Test
  void parse_noComplexity_givesNoLabels() {
    assertThat(LabelReply.parse("Category: Coding\nLength: 1 sentence").labels()).isEmpty();
    assertThat(LabelReply.parse("").labels()).isEmpty();
    assertThat(LabelReply.parse("The complexity of it all: 5").labels()).isEmpty();
  }
}
