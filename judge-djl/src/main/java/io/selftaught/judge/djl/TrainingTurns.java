package io.selftaught.judge.djl;

import com.google.common.primitives.ImmutableIntArray;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.TrainingExample;
import io.selftaught.judge.djl.text.ChatTokenizer;
import io.selftaught.judge.djl.train.TrainingSequence;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Writes examples as the tokens of a turn that is learnt: the completion and the end after it. */
final class TrainingTurns {

  private final ChatTokenizer tokenizer;
  private final int endOfTurn;

  TrainingTurns(ChatTokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.endOfTurn = endOfTurn(tokenizer);
  }

  TrainingSequence sequence(TrainingExample example) {
    int[] prompt = tokenizer.encode(example.prompt());
    ImmutableIntArray ids =
        ImmutableIntArray.builder()
            .addAll(ImmutableIntArray.copyOf(prompt))
            .addAll(ImmutableIntArray.copyOf(tokenizer.encodeText(example.completion())))
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
}
