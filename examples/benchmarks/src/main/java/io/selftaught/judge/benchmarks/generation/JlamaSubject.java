package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.JsonRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Jlama, a Java library that reads Hugging Face directories and writes one text at a time, in a
 * virtual machine of JDK 21 or later.
 *
 * <p>It renders no ids, so it gets texts, and being slow it gets only the first requests of each
 * pass: its rates are those of fewer requests.
 *
 * @param java the program {@code java}
 * @param jars a folder with jlama-core, the jlama-native of the machine and what they need
 * @param model the directory
 * @param requests the most of a pass
 * @param renderer returns the text of a conversation
 * @param folder receives what the processes exchange
 */
record JlamaSubject(
    String java,
    Path jars,
    Path model,
    int threads,
    int requests,
    Function<List<ChatMessage>, String> renderer,
    Path folder)
    implements Subject {

  /** Workloads that are nothing else than DECODE_1 to one text at a time. */
  private static final Set<Workload> BATCHES = Set.of(Workload.DECODE_8, Workload.DECODE_16);

  @Override
  public String name() {
    return "Jlama BF16, at most " + requests + " requests";
  }

  @Override
  public Measurement measure(Work work) {
    Path in = folder.resolve("jlama-work.json");
    Path out = folder.resolve("jlama.json");
    JsonFile.write(
        in,
        JsonRecord.builder()
            .putRecords(
                "passes",
                work.passes().stream()
                    .filter(pass -> !BATCHES.contains(pass.workload()))
                    .map(this::texts)
                    .toList())
            .build());
    List<String> command =
        List.of(
            java,
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            jars.resolve("*").toString(),
            Resource.copy("MeasureJlama.java", folder).toString(),
            model.toString(),
            String.valueOf(threads),
            in.toString(),
            out.toString());
    Path log = folder.resolve("jlama.log");
    ChildProcess.run(name(), command, Map.of(), log);
    return Measurement.read(out);
  }

  private JsonRecord texts(Pass pass) {
    return JsonRecord.builder()
        .put("workload", pass.workload().toString())
        .put("promptsOnly", pass.promptsOnly())
        .putRecords("requests", pass.requests().stream().limit(requests).map(this::text).toList())
        .build();
  }

  private JsonRecord text(Request request) {
    return JsonRecord.builder()
        .put("text", renderer.apply(request.messages()))
        .put("samples", request.config().samples())
        .put("maxTokens", request.config().maxTokens())
        .put("temperature", request.config().temperature())
        .build();
  }
}
