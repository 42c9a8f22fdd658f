package io.selftaught.judge.benchmarks.generation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/**
 * The server of llama.cpp, with parallel slots, continuous batching and flash attention.
 *
 * <p>It keeps the keys and values of each slot. The samples of a request take turns on as few slots
 * as keep all slots busy, because each slot reads the prompt once for itself.
 *
 * @param server the program {@code llama-server}
 * @param model the GGUF file it serves
 * @param slots the most samples decoded at a time
 * @param arguments further ones for the server
 * @param folder receives what the server prints
 */
record LlamaSubject(
    Path server, Path model, int threads, int slots, List<String> arguments, Path folder)
    implements Subject {

  LlamaSubject {
    arguments = List.copyOf(arguments);
  }

  @Override
  public String name() {
    String file = String.valueOf(model.getFileName()).replaceAll("\\.gguf$", "");
    return String.join(" ", "llama.cpp " + file, String.join(" ", arguments)).strip();
  }

  @Override
  public Measurement measure(Work work) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--model", model.toString()));
    options.addAll(List.of("--ctx-size", String.valueOf(slots * rounded(work.longest()))));
    options.addAll(List.of("--parallel", String.valueOf(slots)));
    options.addAll(List.of("--threads", String.valueOf(threads)));
    options.addAll(List.of("--threads-batch", String.valueOf(threads)));
    options.addAll(List.of("--flash-attn", "--cont-batching", "--no-webui"));
    options.addAll(arguments);
    Path log = folder.resolve(name().replaceAll("[^\\w.-]+", "-") + ".log");
    try (LlamaServer running = LlamaServer.start(server, options, log)) {
      List<Timing> timings = work.passes().stream().map(pass -> run(running, pass)).toList();
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("arguments", String.join(" ", options));
      settings.put("sampling", LlamaServer.SAMPLING);
      settings.putAll(running.build());
      return new Measurement(settings, model.toFile().length(), running.peakBytes(), timings);
    }
  }

  /** Returns a context that holds so many tokens, in the server's own steps. */
  private static int rounded(int tokens) {
    return (tokens + 255) / 256 * 256;
  }

  private Timing run(LlamaServer running, Pass pass) {
    if (pass.workload().samples() == 1 || pass.promptsOnly()) {
      return PassRunner.run(pass, request -> List.of(running.complete(request, 0, -1)));
    }
    int atOnce = Math.min(pass.concurrency(), pass.requests().size());
    int lanes = Math.max(1, Math.min(slots / atOnce, pass.workload().samples()));
    BlockingQueue<Integer> groups = new LinkedBlockingQueue<>();
    IntStream.range(0, Math.min(atOnce, slots / lanes)).forEach(groups::add);
    Pass narrowed = new Pass(pass.workload(), pass.promptsOnly(), groups.size(), pass.requests());
    return PassRunner.run(
        narrowed,
        request -> {
          int group = groups.remove();
          try {
            return inLanes(running, request, group * lanes, lanes);
          } finally {
            groups.add(group);
          }
        });
  }

  /** Draws the samples of a request on some slots, one after the other on each. */
  private static List<Integer> inLanes(
      LlamaServer running, Request request, int firstSlot, int lanes) {
    Integer[] written = new Integer[request.config().samples()];
    CompletableFuture<?>[] all = new CompletableFuture<?>[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      int first = lane;
      all[lane] =
          CompletableFuture.runAsync(
              () -> {
                for (int sample = first; sample < written.length; sample += lanes) {
                  written[sample] = running.complete(request, sample, firstSlot + first);
                }
              },
              task -> new Thread(task, "lane").start());
    }
    CompletableFuture.allOf(all).join();
    return List.of(written);
  }
}
