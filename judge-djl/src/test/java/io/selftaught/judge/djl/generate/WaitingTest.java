package io.selftaught.judge.djl.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.djl.decoder.References;
import io.selftaught.judge.djl.text.ChatTokenizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingTest {

  private final ChatTokenizer tokenizer =
      ChatTokenizer.fromDirectory(References.path("tiny-qwen2"));
  private final Waiting waiting = new Waiting();

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void next_longPromptsFirst_equalOnesInTheirOrder() {
    List.of(3, 9, 5, 9).forEach(this::add);
    assertThat(take(4)).containsExactly(1L, 3L, 2L, 0L);
    assertThat(waiting.isEmpty()).isTrue();
    assertThat(waiting.next(request -> true)).isEmpty();
  }

  @Test
  void next_longerOnesKeepComing_shortOneWaitsForALimitedTimeOnly() {
    add(1);
    List<Long> taken = new ArrayList<>();
    while (!taken.contains(0L)) {
      add(100);
      taken.addAll(take(1));
    }
    assertThat(taken).hasSize(33);
  }

  @Test
  void next_cantBegin_waitsAndKeepsItsTurn() {
    List.of(3, 9).forEach(this::add);
    assertThat(waiting.next(request -> request.ids.length < 5)).isEmpty();
    assertThat(take(2)).containsExactly(1L, 0L);
  }

  @Test
  void drain_takesAll() {
    List.of(3, 9).forEach(this::add);
    assertThat(waiting.drain()).hasSize(2);
    assertThat(waiting.isEmpty()).isTrue();
  }

  private long added;

  private void add(int length) {
    waiting.add(new Request(added++, new int[length], GenerationConfig.greedy(1), tokenizer, 1));
  }

  private List<Long> take(int count) {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(waiting.next(request -> true).orElseThrow().number);
    }
    return numbers;
  }
}
