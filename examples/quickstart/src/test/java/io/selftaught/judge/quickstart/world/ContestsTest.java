package io.selftaught.judge.quickstart.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.Preference;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContestsTest {

  private static final List<Contest> DRAWN = draw(20_000);

  @Test
  void draw_manyContests_nineOfTenAreDecided() {
    assertThat(share(DRAWN, contest -> contest.truth() != Preference.TIE)).isBetween(0.88, 0.92);
  }

  @Test
  void draw_anyContest_hasTwoTexts() {
    assertThat(DRAWN).allMatch(contest -> !contest.a().text().equals(contest.b().text()));
  }

  @Test
  void draw_decidedContests_neitherPlaceNorLengthNorToneTellsWhoIsRight() {
    List<Contest> decided = decided(contest -> true);
    assertThat(share(decided, contest -> contest.truth() == Preference.A)).isBetween(0.48, 0.52);

    List<Contest> unequal = decided(contest -> contest.a().length() != contest.b().length());
    assertThat(share(unequal, ContestsTest::longerIsRight)).isBetween(0.47, 0.53);

    List<Contest> toned =
        decided(contest -> contest.a().dress().polite() != contest.b().dress().polite());
    assertThat(share(toned, ContestsTest::politeIsRight)).isBetween(0.47, 0.53);
  }

  private static boolean longerIsRight(Contest contest) {
    return contest.right(contest.a()) == (contest.a().length() > contest.b().length());
  }

  private static boolean politeIsRight(Contest contest) {
    return contest.right(contest.a()) == contest.a().dress().polite();
  }

  private static List<Contest> decided(Predicate<Contest> also) {
    return DRAWN.stream()
        .filter(contest -> contest.truth() != Preference.TIE)
        .filter(also)
        .toList();
  }

  private static double share(List<Contest> contests, Predicate<Contest> wanted) {
    return (double) contests.stream().filter(wanted).count() / contests.size();
  }

  private static List<Contest> draw(int count) {
    Contests contests = new Contests(World.standard());
    SplittableRandom random = new SplittableRandom(1);
    return Stream.generate(() -> contests.draw(Split.TRAINING, random)).limit(count).toList();
  }
}
