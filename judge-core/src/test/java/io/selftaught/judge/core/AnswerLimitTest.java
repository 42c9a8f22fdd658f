package io.selftaught.judge.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.JudgeContract;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AnswerLimitTest {

  private static final Verdict DECIDED = Verdict.decided(Preference.A);
  private static final String SMILE = "😀";

  private final List<Comparison> seen = new ArrayList<>();
  private final Judge judge =
      comparison -> {
        seen.add(comparison);
        return Judgment.of(DECIDED);
      };

  @Nested
  class Contract extends JudgeContract {
    @Override
    protected Judge judge(LanguageModel model) {
      return Judges.limited(
          Judges.bothOrders(Judges.prompted(model)), AnswerLimit.refusing(10_000));
    }
  }

  @Test
  void refusing_longAnswer_failsNamingItAndItsLengthAndAsksNobody() {
    Judge limited = Judges.limited(judge, AnswerLimit.refusing(5));

    Judgment judgment = limited.compare("Why?", "short", "longer");

    assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Cause.FAILED));
    assertThat(judgment.traces().get(0).text())
        .contains("Answer b has 6 characters and the limit is 5");
    assertThat(judgment.usage()).isEqualTo(Usage.NONE);
    assertThat(limited.compare("Why?", "longer", "short").traces().get(0).text())
        .contains("Answer a has 6");
    assertThat(seen).isEmpty();
  }

  @Test
  void refusing_answersWithinTheLimit_areJudgedAsTheyAre() {
    Comparison fitting = Comparison.of("Why?", "short", SMILE.repeat(5)).withReference("reference");

    assertThat(Judges.limited(judge, AnswerLimit.refusing(5)).compare(fitting).verdict())
        .isEqualTo(DECIDED);
    assertThat(seen).containsExactly(fitting);
  }

  @Test
  void truncating_longAnswers_showsAsMuchOfBothAndSaysSo() {
    Comparison long1 =
        Comparison.of("Why so?", "0123456789", SMILE.repeat(7)).withReference("a long reference");

    Judges.limited(judge, AnswerLimit.truncating(5)).compare(long1);

    Comparison shown = seen.get(0);
    assertThat(shown.a()).isEqualTo("01234\n[… cut here: 5 of 10 characters shown …]");
    assertThat(shown.b()).isEqualTo(SMILE.repeat(5) + "\n[… cut here: 5 of 7 characters shown …]");
    assertThat(shown.prompt()).isEqualTo("Why so?");
    assertThat(shown.reference()).contains("a long reference");
  }

  @Property(tries = 200)
  void truncating_anyText_cutsNoCharacterInTwo(
      @ForAll String text, @ForAll @IntRange(min = 1, max = 20) int characters) {
    String clean = text.replaceAll("\\p{Cs}", ""); // halves of characters, which jqwik likes
    Comparison cut = AnswerLimit.truncating(characters).applyTo(Comparison.of("p", clean, SMILE));
    String kept = cut.a().replaceFirst("(?s)\n\\[… cut here: .*", "");

    assertThat(kept.codePointCount(0, kept.length())).isLessThanOrEqualTo(characters);
    assertThat(kept.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    assertThat(clean).startsWith(kept);
  }

  @Test
  void limitBelowOne_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AnswerLimit.truncating(0))
        .withMessage("characters must be at least 1, was 0");
  }

  @Test
  void name_tellsTheLimit() {
    assertThat(Judges.limited(Judges.bothOrders(judge), AnswerLimit.refusing(9)).toString())
        .endsWith(", refusing(9))");
  }
}
