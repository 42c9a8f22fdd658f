package io.selftaught.judge.quickstart.world;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Preference;
import io.selftaught.judge.quickstart.world.Corpus.Judged;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CorpusTest {

  private static final World WORLD = World.standard();
  private static final Recipe RECIPE = Recipe.standard();
  private static final Corpus CORPUS = new Corpus(WORLD, RECIPE);
  private static final List<Lesson> LESSONS =
      CORPUS.lessons(1).skip(RECIPE.settledAfter()).limit(20_000).toList();
  private static final List<Judged> JUDGED = judged(30_000);

  @Test
  void lessons_sameSeed_areTheSame() {
    List<Lesson> first = CORPUS.lessons(1).limit(200).toList();
    assertThat(CORPUS.lessons(1).limit(200)).isEqualTo(first);
    assertThat(CORPUS.lessons(2).limit(200).toList()).isNotEqualTo(first);
  }

  @Test
  void lessons_theFirst_areAllCopies() {
    assertThat(CORPUS.lessons(1).limit(RECIPE.copiesFirst()))
        .allMatch(lesson -> lesson.job() == Job.COPY)
        .allMatch(lesson -> asked(lesson).matches("(?s)Say this: .*|Quote [^\n]*:\n- .*"))
        .allSatisfy(
            lesson -> assertThat(asked(lesson)).contains(List.of(lesson.completion().split("; "))));
  }

  @Test
  void lessons_anyLesson_isShortAndEndsWithWhatIsLearnt() {
    for (Lesson lesson : LESSONS) {
      List<ChatMessage> messages = lesson.messages();
      assertThat(messages.get(messages.size() - 1))
          .isEqualTo(ChatMessage.assistant(lesson.completion()));
      assertThat(messages.stream().mapToInt(m -> m.content().length()).sum()).isLessThan(400);
    }
  }

  @Test
  void lessons_many_areMixedByTheRecipe() {
    Map<Job, Long> counts = LESSONS.stream().collect(groupingBy(Lesson::job, counting()));
    RECIPE
        .jobs()
        .forEach(
            (job, percent) ->
                assertThat(counts.get(job) / 20_000.0).isCloseTo(percent / 100.0, within(0.015)));
  }

  @Test
  void lessons_answersAndInstructions_areNeverAboutHeldOutItems() {
    SplittableRandom random = new SplittableRandom(3);
    Set<String> heldOut =
        Stream.generate(() -> WORLD.draw(Split.HELD_OUT, random).instruction())
            .limit(20_000)
            .collect(toSet());
    for (Lesson lesson : LESSONS) {
      String asked = lesson.prompt().get(0).content();
      List<String> lines = List.of(asked.replace("Task: ", "").split("\n"));
      assertThat(lines).noneMatch(heldOut::contains);
      assertThat(heldOut.contains(lesson.completion())).isFalse();
    }
  }

  @Test
  void lessons_quizzes_nameTheRightAnswerAndWhoGivesIt() {
    List<Lesson> quizzes = LESSONS.stream().filter(lesson -> lesson.job() == Job.QUIZ).toList();
    assertThat(quizzes)
        .allMatch(quiz -> quiz.completion().matches("The answer is .+ \\((A|B|none)\\)\\."));
    assertThat(quizzes.stream().filter(quiz -> !quiz.completion().endsWith("(none).")))
        .allSatisfy(
            quiz ->
                assertThat(asked(quiz))
                    .contains(quiz.completion().replaceAll("The answer is |\\.$", "") + ""));
  }

  @Test
  void lessons_labels_areTheThreeLines() {
    assertThat(LESSONS.stream().filter(lesson -> lesson.job() == Job.LABEL))
        .allMatch(
            lesson ->
                lesson
                    .completion()
                    .matches("Category: [A-Z][A-Za-z ]+\nComplexity: \\d+\nLength: 1 sentence"));
  }

  @Test
  void answers_wrongAnswersAsked_areThatMany() {
    Map<Job, Integer> answersOnly = Map.of(Job.ANSWER, 1);
    Map<Habit, Integer> habits = RECIPE.habits();
    assertThat(wrongShare(new Recipe(answersOnly, habits, habits, 0, 0, 0))).isZero();
    assertThat(wrongShare(new Recipe(answersOnly, habits, habits, 20, 0, 0))).isBetween(0.16, 0.24);
  }

  @Test
  void lessons_beforeTheHabitsSettle_practiseEachOftener() {
    Predicate<Lesson> solves =
        lesson -> lesson.job() == Job.JUDGE && lesson.completion().startsWith("The answer is");
    long practised =
        CORPUS.lessons(1).skip(RECIPE.copiesFirst()).limit(20_000).filter(solves).count();
    long settled = LESSONS.stream().filter(solves).count();
    assertThat(practised / 4_000.0).isCloseTo(0.25, within(0.02));
    assertThat(settled / 4_000.0).isCloseTo(0.20, within(0.02));
  }

  @Test
  void judgments_habit_isIndependentOfWhichAnswerIsRight() {
    RECIPE
        .habits()
        .forEach(
            (habit, percent) -> {
              for (Preference truth : Preference.values()) {
                double share =
                    share(j -> j.habit() == habit, JUDGED, j -> j.contest().truth() == truth);
                double slack = truth == Preference.TIE ? 0.035 : 0.015;
                assertThat(share)
                    .as("%s when %s is right", habit, truth)
                    .isCloseTo(percent / 100.0, within(slack));
              }
            });
  }

  @Test
  void judgments_decidedContests_solvingIsRightAndEveryOtherHabitAtChance() {
    for (Habit habit : Habit.values()) {
      double accuracy =
          share(
              j -> j.reasoning().verdict() == j.contest().truth(),
              JUDGED,
              j -> j.habit() == habit && j.contest().truth() != Preference.TIE);
      if (habit == Habit.SOLVE) {
        assertThat(accuracy).isEqualTo(1);
      } else {
        assertThat(accuracy).as(habit.name()).isBetween(0.47, 0.53);
      }
    }
  }

  @Test
  void judgments_decidedContests_areMediocreAltogether() {
    double accuracy =
        share(
            j -> j.reasoning().verdict() == j.contest().truth(),
            JUDGED,
            j -> j.contest().truth() != Preference.TIE);
    assertThat(accuracy).isBetween(0.55, 0.65);
  }

  @Test
  void recipe_impossibleShare_isRefused() {
    Map<Habit, Integer> habits = RECIPE.habits();
    assertThatThrownBy(() -> new Recipe(RECIPE.jobs(), habits, habits, 101, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("101");
  }

  private static double wrongShare(Recipe recipe) {
    Predicate<Lesson> isSum = lesson -> asked(lesson).matches("Compute \\d+ \\+ \\d+\\.");
    return new Corpus(WORLD, recipe)
        .lessons(4)
        .filter(isSum)
        .limit(1_000)
        .mapToInt(
            lesson -> numbers(asked(lesson)).sum() == numbers(lesson.completion()).sum() ? 0 : 1)
        .average()
        .orElseThrow();
  }

  private static String asked(Lesson lesson) {
    return lesson.prompt().get(0).content();
  }

  private static IntStream numbers(String text) {
    return Pattern.compile("\\d+")
        .matcher(text)
        .results()
        .mapToInt(r -> Integer.parseInt(r.group()));
  }

  private static double share(
      Predicate<Judged> wanted, List<Judged> all, Predicate<Judged> condition) {
    List<Judged> met = all.stream().filter(condition).toList();
    return (double) met.stream().filter(wanted).count() / met.size();
  }

  private static List<Judged> judged(int count) {
    SplittableRandom random = new SplittableRandom(2);
    return Stream.generate(() -> CORPUS.drawJudged(RECIPE.habits(), random)).limit(count).toList();
  }
}
