package io.selftaught.judge.djl;

import static java.util.Objects.requireNonNull;

import com.google.common.primitives.ImmutableIntArray;
import io.selftaught.judge.Adapter;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.FineTuner;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.TrainingExample;
import io.selftaught.judge.djl.text.ChatTokenizer;
import io.selftaught.judge.djl.train.LoraTrainer;
import io.selftaught.judge.djl.train.TrainingSequence;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Fine-tunes a model with LoRA, in this process. What is learnt of an example is its completion and
 * the end of the turn after it.
 *
 * <p>On the CPU the same examples and settings give the same adapter, byte for byte, also where a
 * run was cut off and continued. Safe for use by several threads with different directories; the
 * model may generate meanwhile and must stay open.
 */
public final class DjlFineTuner implements FineTuner {

  private final DjlModel seed;
  private final LoraConfig lora;
  private final TrainingConfig training;
  private final LoraTrainer trainer;

  private DjlFineTuner(DjlModel seed, LoraConfig lora, TrainingConfig training) {
    this.seed = requireNonNull(seed, "seed");
    this.lora = requireNonNull(lora, "lora");
    this.training = requireNonNull(training, "training");
    this.trainer = new LoraTrainer(seed.weights(), seed.name(), lora, training);
  }

  /**
   * Returns a fine-tuner.
   *
   * @param seed what adapters are trained for; its own adapter, if any, is left out
   * @throws InvalidInputException if {@code lora} names a projection that models don't have
   */
  public static DjlFineTuner of(DjlModel seed, LoraConfig lora, TrainingConfig training) {
    return new DjlFineTuner(seed, lora, training);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The adapter stands in {@code directory} itself. Beside it a folder {@code checkpoint} says
   * how far a run has come.
   *
   * @throws InvalidInputException if an example is longer than the context or {@code maxTokens}, or
   *     the directory holds the result of another run
   */
  @Override
  public Adapter fineTune(
      List<TrainingExample> examples, Path directory, ProgressListener listener) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("examples must not be empty");
    }
    int end = endOfTurn(seed.tokenizer());
    trainer.train(
        examples.stream().map(example -> sequence(example, end)).toList(), directory, listener);
    return new Adapter(directory);
  }

  private TrainingSequence sequence(TrainingExample example, int endOfTurn) {
    int[] prompt = seed.tokenizer().encode(example.prompt());
    ImmutableIntArray ids =
        ImmutableIntArray.builder()
            .addAll(ImmutableIntArray.copyOf(prompt))
            .addAll(ImmutableIntArray.copyOf(seed.tokenizer().encodeText(example.completion())))
            .add(endOfTurn)
            .build();
    return new TrainingSequence(example.id(), ids, prompt.length);
  }

  /** Of the tokens that end generation, the one that the template writes after an answer. */
  private static int endOfTurn(ChatTokenizer tokenizer) {
    Set<Integer> ends = tokenizer.endOfTurnIds();
    ChatMessage question = ChatMessage.user("1");
    int before = tokenizer.encode(List.of(question)).length;
    int[] turns = tokenizer.encode(List.of(question, ChatMessage.assistant("1"), question));
    return Arrays.stream(turns)
        .skip(before)
        .filter(ends::contains)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "The chat template ends an answer with none of the tokens that stop generation, %s; a model trained with it would not stop"
                        .formatted(ends.stream().map(tokenizer::tokenText).sorted().toList())));
  }

  @Override
  public String toString() {
    return "DjlFineTuner[%s, %s, %s]".formatted(seed, lora, training);
  }
}
