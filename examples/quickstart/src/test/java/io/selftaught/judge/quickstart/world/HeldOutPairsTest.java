package io.selftaught.judge.quickstart.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.Instruction;
import io.selftaught.judge.Preference;
import io.selftaught.judge.core.eval.LabeledComparison;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HeldOutPairsTest {

  private static final World WORLD = World.standard();
  private static final List<LabeledComparison> PAIRS = HeldOutPairs.draw(WORLD, 600, 1);

  @Test
  void draw_sameSeed_isTheSameAndHasNoPairTwice() {
    assertThat(HeldOutPairs.draw(WORLD, 600, 1)).isEqualTo(PAIRS);
    assertThat(HeldOutPairs.draw(WORLD, 600, 2)).isNotEqualTo(PAIRS);
    assertThat(PAIRS.stream().map(LabeledComparison::comparison)).doesNotHaveDuplicates();
    assertThat(PAIRS.stream().map(LabeledComparison::id)).doesNotHaveDuplicates();
  }

  @Test
  void draw_multipleOfSix_neitherPositionNorLengthHelps() {
    assertThat(count(pair -> pair.preferred() == Preference.A)).isEqualTo(300);
    assertThat(count(pair -> preferredLead(pair) > 0)).isEqualTo(200);
    assertThat(count(pair -> preferredLead(pair) < 0)).isEqualTo(200);
    assertThat(count(pair -> preferredLead(pair) > 0 && pair.preferred() == Preference.A))
        .isEqualTo(100);
  }

  @Test
  void draw_anyPair_isOfNoTrainingInstruction() {
    Set<String> training =
        WORLD.pool(20_000, 2).stream().map(Instruction::text).collect(Collectors.toSet());
    assertThat(PAIRS).noneMatch(pair -> training.contains(pair.comparison().prompt()));
  }

  @Test
  void draw_manyPairs_areOfAllFamilies() {
    assertThat(PAIRS.stream().map(LabeledComparison::category).distinct())
        .hasSameSizeAs(WORLD.families());
  }

  private static int preferredLead(LabeledComparison pair) {
    int lead = pair.comparison().a().length() - pair.comparison().b().length();
    return pair.preferred() == Preference.A ? lead : -lead;
  }

  private static long count(Predicate<LabeledComparison> wanted) {
    return PAIRS.stream().filter(wanted).count();
  }
}
