package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.ChatMessage;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The endless conversations of base training, all about items of the training side. Immutable; a
 * stream is read by one thread.
 */
public final class Corpus {

  private final World world;
  private final Contests contests;
  private final Recipe recipe;

  /** Creates the corpus of a world. */
  public Corpus(World world, Recipe recipe) {
    this.world = world;
    this.contests = new Contests(world);
    this.recipe = recipe;
  }

  /** Returns lessons without end, the same ones for the same seed. */
  public Stream<Lesson> lessons(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.concat(
        Stream.generate(() -> copy(random)).limit(recipe.copiesFirst()),
        Stream.generate(() -> draw(random)));
  }

  private Lesson draw(SplittableRandom random) {
    Job job = Draw.weighted(recipe.jobs(), random);
    return switch (job) {
      case COPY -> copy(random);
      case ANSWER -> answer(world.draw(Split.TRAINING, random), random);
      case RELATED -> related(world.draw(Split.TRAINING, random), random);
      case LABEL -> label(world.draw(Split.TRAINING, random));
      case JUDGE -> judge(drawJudged(random));
    };
  }

  /**
   * Answers to nothing, each with a letter behind it: to be said again, long enough to be dense in
   * what that teaches, or one of them to be quoted with its letter.
   */
  private Lesson copy(SplittableRandom random) {
    List<String> answers =
        Stream.generate(() -> world.draw(Split.TRAINING, random).answer())
            .distinct()
            .limit(Draw.between(2, 7, random))
            .toList();
    List<String> lettered =
        answers.stream().map(a -> a + (random.nextBoolean() ? " (A)" : " (B)")).toList();
    if (random.nextBoolean()) {
      String text = String.join(" ", lettered);
      return lesson(Job.COPY, "Say this:\n" + text, text);
    }
    int quoted = random.nextInt(answers.size());
    String asked = "Quote " + answers.get(quoted) + ":\n" + String.join("\n", lettered);
    return lesson(Job.COPY, asked, lettered.get(quoted));
  }

  private Lesson answer(Item item, SplittableRandom random) {
    boolean wrong = random.nextInt(100) < recipe.wrongAnswerPercent();
    String core = wrong ? Mistake.near(item.answer(), random) : item.answer();
    String text = new Answer(core, Dress.draw(random)).text();
    return lesson(Job.ANSWER, item.instruction(), text);
  }

  private Lesson related(Item item, SplittableRandom random) {
    Item other = world.drawRelated(item, random);
    return lesson(Job.RELATED, Forms.of(Forms.RELATED, item.instruction()), other.instruction());
  }

  private Lesson label(Item item) {
    String lines = LabelLines.of(world.familyOf(item).labels());
    return lesson(Job.LABEL, Forms.of(Forms.LABEL, item.instruction()), lines);
  }

  private Lesson judge(Judged judged) {
    List<ChatMessage> prompt = Forms.JUDGE.render(judged.contest().comparison());
    return new Lesson(Job.JUDGE, prompt, judged.reasoning().text());
  }

  private static Lesson lesson(Job job, String asked, String reply) {
    return new Lesson(job, List.of(ChatMessage.user(asked)), reply);
  }

  /** A contest with the judgment that a habit makes of it. */
  record Judged(Contest contest, Habit habit, Reasoning reasoning) {}

  /** The habit is drawn first and apart: it must not depend on which answer is right. */
  Judged drawJudged(SplittableRandom random) {
    Habit habit = Draw.weighted(recipe.habits(), random);
    Contest contest = contests.draw(Split.TRAINING, random);
    return new Judged(contest, habit, habit.reason(contest, random));
  }
}
