package io.selftaught.judge.quickstart.world;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much of what is in the corpus.
 *
 * @param jobs the weight of each kind of lesson
 * @param habits the weight of each habit among the judgments
 * @param wrongAnswerPercent how many answers of a hundred are mistakes, 0 to 100
 * @param copiesFirst how many lessons of copying come before all others: a model that has not
 *     learnt to look back learns little else
 */
public record Recipe(
    Map<Job, Integer> jobs, Map<Habit, Integer> habits, int wrongAnswerPercent, int copiesFirst) {

  public Recipe {
    jobs = Collections.unmodifiableMap(new EnumMap<>(jobs));
    habits = Collections.unmodifiableMap(new EnumMap<>(habits));
    if (wrongAnswerPercent < 0 || wrongAnswerPercent > 100) {
      throw new IllegalArgumentException(
          "wrongAnswerPercent must be between 0 and 100, was " + wrongAnswerPercent);
    }
  }

  /**
   * Returns the recipe of the micro model. A judge that picks its habits by these weights, and
   * solves without error, is right in 62 of 100 decided contests; its commonest habit is blind.
   */
  public static Recipe standard() {
    return new Recipe(
        Map.of(Job.COPY, 4, Job.ANSWER, 44, Job.RELATED, 6, Job.LABEL, 2, Job.JUDGE, 44),
        Map.of(
            Habit.SOLVE, 25,
            Habit.LENGTH, 30,
            Habit.TONE, 15,
            Habit.POSITION, 15,
            Habit.CLAIM, 15),
        2,
        16_000);
  }
}
