package io.selftaught.judge.core;

import io.selftaught.judge.AdaptableModel;
import io.selftaught.judge.Adapter;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.Seeds;
import io.selftaught.judge.core.prompt.JudgePrompt;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A model for tests that plays every part of the loop: it labels, writes other instructions,
 * answers, and judges. As a judge it is right as often as its skill says, which an adapter of
 * {@link CountingTuner} raises. What it writes depends on what it is asked and on the seed alone.
 */
final class LearningModel implements AdaptableModel {

  /** Ends a run the way a killed process does. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** The beginning of an answer to an instruction that was not asked. */
  static final String OTHER = "Answer to: Other than ";

  private static final ChatMessage JUDGE =
      JudgePrompt.standard().render(Comparison.of("x", "a", "b")).get(0);

  private final AtomicInteger calls;
  private final int killAt;
  private final String name;
  private final Function<String, String> judge;

  private LearningModel(
      AtomicInteger calls, int killAt, String name, Function<String, String> judge) {
    this.calls = calls;
    this.killAt = killAt;
    this.name = name;
    this.judge = judge;
  }

  /** Returns a model whose judgments are right with a probability. */
  static LearningModel skilled(double skill) {
    return skilled(skill, Integer.MAX_VALUE);
  }

  /** Returns such a model that dies at a call, counted from 1. */
  static LearningModel skilled(double skill, int killAt) {
    return new LearningModel(new AtomicInteger(), killAt, "learning", shown -> judge(shown, skill));
  }

  /** Returns a model that judges in the same words always. */
  static LearningModel saying(String judgment) {
    return new LearningModel(new AtomicInteger(), Integer.MAX_VALUE, "saying", shown -> judgment);
  }

  /** Returns the calls up to the death of the model. */
  int calls() {
    return Math.min(killAt, calls.get());
  }

  @Override
  public LanguageModel withAdapter(Adapter adapter) {
    long examples =
        JsonFile.read(adapter.directory().resolve("adapter_config.json")).integer("examples");
    return new LearningModel(
        calls, killAt, "learning+" + examples, shown -> judge(shown, 0.6 + 0.01 * examples));
  }

  @Override
  public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
    if (calls.incrementAndGet() >= killAt) {
      throw new Killed();
    }
    return IntStream.range(0, config.samples())
        .mapToObj(i -> Generation.of(reply(messages, config.seed() + i)))
        .toList();
  }

  private String reply(List<ChatMessage> messages, long seed) {
    String last = messages.get(messages.size() - 1).content();
    if (messages.size() == 1) {
      return "Answer to: " + last;
    } else if (messages.get(0).equals(JUDGE)) {
      return judge.apply(last + "\n" + seed);
    }
    String asked = messages.get(messages.size() - 2).content();
    return last.equals("Category:")
        ? " Coding\nComplexity: " + (1 + Math.floorMod(asked.hashCode(), 9)) + "\nLength: 1 page"
        : "\nOther than number " + Integer.toHexString(asked.hashCode());
  }

  /** Is right with the given probability, which the text seeds. */
  private static String judge(String shown, double skill) {
    boolean otherIsFirst = shown.indexOf("Answer to: ") == shown.indexOf(OTHER);
    boolean right = (Seeds.of(0, shown) >>> 11) * 0x1p-53 < skill;
    return "I weighed both. [[" + (otherIsFirst == right ? "B" : "A") + "]]";
  }

  @Override
  public String name() {
    return name;
  }
}
