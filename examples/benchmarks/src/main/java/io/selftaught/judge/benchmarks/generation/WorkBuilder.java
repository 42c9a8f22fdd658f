package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.core.prompt.JudgePrompt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes the requests of all passes from labelled pairs.
 *
 * <p>The first message of a conversation begins with the number of its run, the same within a pass
 * and another in each, so that what a pass reads can't be in a cache already.
 */
final class WorkBuilder {

  static final int VERDICT_TOKENS = 128;
  static final int ANNOTATION_TOKENS = 192;
  static final double TEMPERATURE = 0.7;

  private static final int WARM_UP_TOKENS = 16;
  private static final int REPEATS = 3;
  private static final int UNSHARED = 16;
  private static final String STORY =
      "Write a very long story about a keeper of a lighthouse and a storm that lasts for a week.";

  private final List<Comparison> pairs;
  private final JudgePrompt prompt;
  private final Function<List<ChatMessage>, int[]> tokenizer;
  private final int concurrency;
  private int runs;

  /**
   * Takes what all requests are made of.
   *
   * @param pairs those of the judge workload; the first quarter of them is annotated
   * @param tokenizer returns the ids of a conversation
   * @param concurrency the most requests under way at a time, where that is not 1
   */
  WorkBuilder(
      List<Comparison> pairs,
      JudgePrompt prompt,
      Function<List<ChatMessage>, int[]> tokenizer,
      int concurrency) {
    this.pairs = List.copyOf(pairs);
    this.prompt = prompt;
    this.tokenizer = tokenizer;
    this.concurrency = concurrency;
  }

  /** Returns a short pass to warm up, and the passes of the workloads. */
  List<Pass> build(Collection<Workload> workloads) {
    List<Pass> passes = new ArrayList<>();
    GenerationConfig few =
        GenerationConfig.builder()
            .samples(2)
            .temperature(TEMPERATURE)
            .maxTokens(WARM_UP_TOKENS)
            .build();
    passes.add(
        new Pass(Workload.WARM_UP, false, concurrency, requests(asked(8, false), few, runs++)));
    workloads.forEach(workload -> passes.addAll(passes(workload)));
    return passes;
  }

  private List<Pass> passes(Workload workload) {
    return switch (workload) {
      case WARM_UP -> List.of();
      case PREFILL ->
          List.of(
              new Pass(
                  workload,
                  true,
                  1,
                  asked(UNSHARED, false).stream()
                      .flatMap(
                          m -> requests(List.of(m), GenerationConfig.greedy(1), runs++).stream())
                      .toList()));
      case DECODE_1 -> stories(workload, GenerationConfig.greedy(VERDICT_TOKENS));
      case DECODE_8, DECODE_16 -> stories(workload, sampled(workload, VERDICT_TOKENS));
      case JUDGE ->
          both(workload, asked(pairs.size(), true), GenerationConfig.greedy(VERDICT_TOKENS));
      case ANNOTATION ->
          both(
              workload, asked((pairs.size() + 3) / 4, false), sampled(workload, ANNOTATION_TOKENS));
    };
  }

  private static GenerationConfig sampled(Workload workload, int tokens) {
    return GenerationConfig.builder()
        .samples(workload.samples())
        .temperature(TEMPERATURE)
        .maxTokens(tokens)
        .seed(1)
        .build();
  }

  private List<Pass> both(
      Workload workload, List<List<ChatMessage>> conversations, GenerationConfig config) {
    return List.of(
        new Pass(
            workload,
            true,
            concurrency,
            requests(conversations, GenerationConfig.greedy(1), runs++)),
        new Pass(workload, false, concurrency, requests(conversations, config, runs++)));
  }

  private List<Pass> stories(Workload workload, GenerationConfig config) {
    List<ChatMessage> story = List.of(ChatMessage.user(STORY));
    return List.of(
        new Pass(workload, true, 1, repeated(story, GenerationConfig.greedy(1))),
        new Pass(workload, false, 1, repeated(story, config)));
  }

  private List<Request> repeated(List<ChatMessage> story, GenerationConfig config) {
    return IntStream.range(0, REPEATS)
        .boxed()
        .flatMap(i -> requests(List.of(story), config, runs++).stream())
        .toList();
  }

  /** Returns what a judge is asked about the first pairs, and where wanted in the other order. */
  private List<List<ChatMessage>> asked(int count, boolean bothOrders) {
    return pairs.stream()
        .limit(count)
        .flatMap(pair -> bothOrders ? Stream.of(pair, pair.swapped()) : Stream.of(pair))
        .map(this::asked)
        .toList();
  }

  private List<ChatMessage> asked(Comparison pair) {
    List<ChatMessage> messages = new ArrayList<>(prompt.render(pair));
    if (!prompt.begin().isEmpty()) {
      messages.add(ChatMessage.assistant(prompt.begin()));
    }
    return messages;
  }

  private List<Request> requests(
      List<List<ChatMessage>> conversations, GenerationConfig config, int run) {
    return conversations.stream().map(messages -> request(messages, config, run)).toList();
  }

  private Request request(List<ChatMessage> messages, GenerationConfig config, int run) {
    List<ChatMessage> numbered = new ArrayList<>(messages);
    ChatMessage first = messages.get(0);
    numbered.set(0, new ChatMessage(first.role(), "Run " + run + ". " + first.content()));
    List<Integer> ids = IntStream.of(tokenizer.apply(numbered)).boxed().toList();
    return new Request(numbered, ids, config, List.of());
  }
}
