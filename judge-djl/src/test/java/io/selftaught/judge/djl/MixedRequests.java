package io.selftaught.judge.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.LanguageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requests of all kinds, from many threads at once. */
final class MixedRequests {

  private MixedRequests() {}

  /** Checks that a model that is asked all at once says what another says to each alone. */
  static void assertSameTexts(LanguageModel together, LanguageModel alone) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(12);
    try {
      List<Future<List<Generation>>> futures = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int request = i;
        futures.add(executor.submit(() -> together.generate(prompt(request), config(request))));
      }
      for (int i = 0; i < futures.size(); i++) {
        assertThat(futures.get(i).get()).isEqualTo(alone.generate(prompt(i), config(i)));
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static List<ChatMessage> prompt(int i) {
    return List.of(ChatMessage.user("Number " + i + ": " + "why? ".repeat(i % 7)));
  }

  private static GenerationConfig config(int i) {
    return GenerationConfig.builder()
        .maxTokens(1 + i % 11)
        .temperature(i % 3 == 0 ? 0 : 0.8)
        .topP(i % 2 == 0 ? 1 : 0.9)
        .samples(1 + i % 4)
        .seed(i)
        .build();
  }
}
