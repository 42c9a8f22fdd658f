package io.selftaught.judge.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MajorityTest {

  @ParameterizedTest
  @CsvSource({
    "A A B,A",
    "B A,INCONSISTENT",
    "A B TIE,INCONSISTENT",
    "TIE TIE A,TIE",
    "A UNPARSABLE UNPARSABLE,A",
    "FAILED TRUNCATED TRUNCATED,TRUNCATED",
    "UNPARSABLE FAILED,FAILED",
    "B,B"
  })
  void of_votes_countsDecidedOnesAndNeverBreaksATieByOrder(String votes, String verdict) {
    List<Verdict> cast = Arrays.stream(votes.split(" ")).map(MajorityTest::verdict).toList();

    assertThat(Majority.of(cast).toString()).isEqualTo(verdict);
  }

  @Test
  void of_noVotes_isRefused() {
    assertThatThrownBy(() -> Majority.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  private static Verdict verdict(String word) {
    return Arrays.stream(Preference.values())
        .filter(preference -> preference.name().equals(word))
        .findFirst()
        .map(Verdict::decided)
        .orElseGet(() -> Verdict.undecided(Cause.valueOf(word)));
  }
}
