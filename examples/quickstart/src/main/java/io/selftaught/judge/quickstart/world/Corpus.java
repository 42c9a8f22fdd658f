package io.selftaught.judge.quickstart.world;

import static java.util.stream.Collectors.joining;

import io.selftaught.judge.ChatMessage;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The endless conversations of base training, all about items of the training side. Immutable; a
 * stream is read by one thread.
 */
public final class Corpus {

  private static final List<String> LETTERS = List.of("A", "B", "C", "D", "E", "F", "G", "H");

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
    int practised = Math.max(0, recipe.settledAfter() - recipe.copiesFirst());
    Stream<Lesson> copies = Stream.generate(() -> copy(random)).limit(recipe.copiesFirst());
    Stream<Lesson> practice =
        Stream.generate(() -> draw(recipe.practice(), random)).limit(practised);
    Stream<Lesson> settled = Stream.generate(() -> draw(recipe.habits(), random));
    return Stream.concat(copies, Stream.concat(practice, settled));
  }

  private Lesson draw(Map<Habit, Integer> habits, SplittableRandom random) {
    Job job = Draw.weighted(recipe.jobs(), random);
    return switch (job) {
      case COPY -> copy(random);
      case ANSWER -> answer(world.draw(Split.TRAINING, random), random);
      case QUIZ -> quiz(contests.draw(Split.TRAINING, random), random);
      case RELATED -> related(world.draw(Split.TRAINING, random), random);
      case LABEL -> label(world.draw(Split.TRAINING, random));
      case JUDGE -> judge(drawJudged(habits, random));
    };
  }

  /**
   * Answers to nothing, each with a letter behind it: to be said again, or some of them to be
   * quoted with their letters. Only a model that finds an answer by what it says can know its
   * letter.
   */
  private Lesson copy(SplittableRandom random) {
    List<String> answers =
        Stream.generate(() -> world.draw(Split.TRAINING, random).answer())
            .distinct()
            .limit(Draw.between(2, 7, random))
            .toList();
    List<String> lettered = answers.stream().map(a -> a + letter(random)).toList();
    if (random.nextInt(4) == 0) {
      String text = String.join("; ", lettered);
      return lesson(Job.COPY, "Say this: " + text, text);
    }
    List<Integer> places = IntStream.range(0, answers.size()).boxed().toList();
    List<Integer> quoted = Draw.distinct(places, Draw.between(1, places.size(), random), random);
    String asked =
        "Quote "
            + quoted.stream().map(answers::get).collect(joining("; "))
            + ":\n- "
            + String.join("\n- ", lettered);
    return lesson(Job.COPY, asked, quoted.stream().map(lettered::get).collect(joining("; ")));
  }

  private static String letter(SplittableRandom random) {
    return " (" + Draw.oneOf(LETTERS, random) + ")";
  }

  private Lesson answer(Item item, SplittableRandom random) {
    boolean wrong = random.nextInt(100) < recipe.wrongAnswerPercent();
    String core = wrong ? Mistake.near(item.answer(), random) : item.answer();
    String text = new Answer(core, Dress.draw(random)).text();
    return lesson(Job.ANSWER, item.instruction(), text);
  }

  private Lesson quiz(Contest contest, SplittableRandom random) {
    List<ChatMessage> prompt = Forms.QUIZ.render(contest.comparison());
    return new Lesson(Job.QUIZ, prompt, Habit.SOLVE.reason(contest, random).rationale());
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
  Judged drawJudged(Map<Habit, Integer> habits, SplittableRandom random) {
    Habit habit = Draw.weighted(habits, random);
    Contest contest = contests.draw(Split.TRAINING, random);
    return new Judged(contest, habit, habit.reason(contest, random));
  }
}
