package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.benchmarks.Machine;
import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.eval.LabeledComparison;
import io.selftaught.judge.core.eval.PairFiles;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.djl.DjlOptions;
import io.selftaught.judge.djl.text.ChatTokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Measures how fast a model judges and annotates here, by this library and by others. */
@Command(
    name = "generation",
    description = "Measures generation beside llama.cpp and transformers.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // Set by the option parser.
public final class GenerationCommand implements Callable<Integer> {

  private final PrintWriter out;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "PATH",
      description = "A GGUF file or Hugging Face directory: for this library and transformers.")
  private Path model;

  @Option(
      names = "--pairs",
      required = true,
      paramLabel = "FILE",
      description = "Labelled pairs as JSON Lines, such as PandaLM's.")
  private Path pairs;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "The pairs that are judged; a quarter of them are annotated. Default: ${DEFAULT-VALUE}.")
  private int limit = 64;

  @Option(
      names = "--workloads",
      split = ",",
      paramLabel = "NAME",
      converter = WorkloadName.class,
      description =
          "Of prefill, decode-1, decode-8, decode-16, judge and annotation. Default: all.")
  private List<Workload> workloads =
      List.of(
          Workload.PREFILL,
          Workload.DECODE_1,
          Workload.DECODE_8,
          Workload.DECODE_16,
          Workload.JUDGE,
          Workload.ANNOTATION);

  @Option(
      names = "--compact",
      description = "Asks with the prompt for small models instead of the standard one.")
  private boolean compact;

  @Option(
      names = "--data-types",
      split = ",",
      paramLabel = "TYPE",
      description =
          "What this library computes in, constants of DjlOptions.DataType; empty leaves it out."
              + " Default: ${DEFAULT-VALUE}.")
  private List<String> dataTypes = List.of("BF16");

  @Option(
      names = "--key-values",
      split = ",",
      paramLabel = "FORMAT",
      description =
          "How this library holds keys and values, constants of DjlOptions.KeyValues."
              + " Default: ${DEFAULT-VALUE}.")
  private List<DjlOptions.KeyValues> keyValues = List.of(DjlOptions.KeyValues.AS_COMPUTED);

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "Samples that this library decodes at a time. Default: ${DEFAULT-VALUE}.")
  private int slots = 32;

  @Option(
      names = "--llama-server",
      paramLabel = "FILE",
      description = "The program llama-server; left out without it.")
  private Path llamaServer;

  @Option(
      names = "--llama-models",
      split = ",",
      paramLabel = "FILE",
      description = "GGUF files that llama-server serves, one after the other. Default: the model.")
  private List<Path> llamaModels = List.of();

  @Option(
      names = "--llama-slots",
      paramLabel = "N",
      description = "Samples that llama-server decodes at a time. Default: ${DEFAULT-VALUE}.")
  private int llamaSlots = 16;

  @Option(
      names = "--llama-arguments",
      paramLabel = "TEXT",
      description = "Further arguments of llama-server, with blanks between.")
  private String llamaArguments = "";

  @Option(
      names = "--python",
      paramLabel = "FILE",
      description = "A Python with torch, transformers, gguf and accelerate; left out without it.")
  private String python = "";

  @Option(
      names = "--batches",
      split = ",",
      paramLabel = "N",
      description = "Rows that transformers generates at a time. Default: 8,16.")
  private List<Integer> batches = List.of(8, 16);

  @Option(
      names = "--jlama",
      paramLabel = "FOLDER",
      description =
          "Holds Jlama's jars in jars, and the model as a Hugging Face directory under the name of"
              + " its file; left out without it.")
  private Path jlama;

  @Option(
      names = "--jlama-java",
      paramLabel = "FILE",
      description = "A java of JDK 21 or later, for Jlama. Default: ${DEFAULT-VALUE}.")
  private String jlamaJava = "java";

  @Option(
      names = "--jlama-requests",
      paramLabel = "N",
      description =
          "The most requests of a pass that Jlama gets: one can take it minutes. Default:"
              + " ${DEFAULT-VALUE}.")
  private int jlamaRequests = 2;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of every subject. Default: ${DEFAULT-VALUE}.")
  private int threads = 2;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Requests under way at a time. Default: ${DEFAULT-VALUE}.")
  private int concurrency = 64;

  @Option(
      names = "--same-tokens",
      description = "Has all write as many tokens for each sample as the first subject did.")
  private boolean sameTokens;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Receives machine, settings and figures as JSON. Default: ${DEFAULT-VALUE}.")
  private Path file = Path.of("target", "benchmarks", "generation.json");

  /** Creates the command; it prints its table to {@code out}. */
  public GenerationCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    Path folder = folder();
    try (ModelText text = ModelText.open(model)) {
      Machine machine = Machine.here();
      out.println(machine);
      GenerationReport report = new GenerationReport(machine, text.shape(), settings());
      boolean complete =
          measure(
              work(text.tokenizer()),
              subjects(text, folder),
              () -> roofline(text.shape(), folder),
              report);
      report.table().forEach(out::println);
      report.subjects().forEach(out::println);
      out.println();
      out.println("As JSON: " + file);
      return complete ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private Work work(ChatTokenizer tokenizer) {
    return new Work(
        tokenizer.endOfTurnIds().stream().sorted().toList(),
        new WorkBuilder(comparisons(), prompt(), tokenizer::encode, concurrency).build(workloads));
  }

  /** Returns whether all could be measured. What was is written at once. */
  private boolean measure(
      Work first, List<Subject> subjects, Supplier<Roofline> machine, GenerationReport report) {
    Work work = first;
    Roofline before = machine.get();
    boolean open = sameTokens; // how many tokens all after the first are to write
    boolean complete = true;
    for (Subject subject : subjects) {
      out.println("Measuring " + subject.name());
      try {
        Measurement measurement = subject.measure(work);
        if (open) {
          work = work.with(measurement);
          open = false;
        }
        Roofline after = machine.get();
        report.add(subject.name(), measurement, before.mean(after));
        before = after;
        JsonFile.write(file, report.toJson());
      } catch (IllegalStateException e) {
        out.println("Left out: " + e.getMessage());
        complete = false;
      }
    }
    return complete;
  }

  private Path folder() {
    try {
      return Files.createDirectories(file.toAbsolutePath().resolveSibling("work"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Subject> subjects(ModelText text, Path folder) {
    List<Subject> subjects = new ArrayList<>();
    for (String type : dataTypes) {
      if (!type.isEmpty()) {
        keyValues.forEach(
            held -> subjects.add(new DjlSubject(model, type, held, threads, slots, folder)));
      }
    }
    if (llamaServer != null) {
      List<String> arguments =
          llamaArguments.isEmpty() ? List.of() : List.of(llamaArguments.split(" "));
      for (Path served : llamaModels.isEmpty() ? List.of(model) : llamaModels) {
        subjects.add(new LlamaSubject(llamaServer, served, threads, llamaSlots, arguments, folder));
      }
    }
    if (!python.isEmpty()) {
      batches.forEach(
          batch -> subjects.add(new TransformersSubject(python, model, batch, threads, folder)));
    }
    if (jlama != null) {
      subjects.add(
          new JlamaSubject(
              jlamaJava,
              jlama.resolve("jars"),
              jlama.resolve(String.valueOf(model.getFileName())),
              threads,
              jlamaRequests,
              text.tokenizer()::render,
              folder));
    }
    return subjects;
  }

  private List<Comparison> comparisons() {
    return PairFiles.read(pairs).records().stream()
        .limit(limit)
        .map(LabeledComparison::comparison)
        .toList();
  }

  private JudgePrompt prompt() {
    return compact ? JudgePrompt.compact() : JudgePrompt.standard();
  }

  private Roofline roofline(Shape shape, Path folder) {
    Path measured = folder.resolve("roofline.json");
    List<String> command =
        DjlSubject.java(
            "measure-machine",
            "--threads=" + threads,
            "--hidden-size=" + shape.hiddenSize(),
            "--intermediate-size=" + shape.intermediateSize(),
            "--out=" + measured);
    Path log = folder.resolve("roofline.log");
    ChildProcess.run("The roofline", command, Map.of(), log);
    return Roofline.read(measured);
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", model.toString());
    settings.put("pairs", pairs + ", the first " + limit);
    settings.put("prompt", prompt().toString());
    settings.put(
        "workloads", workloads.stream().map(Workload::toString).collect(Collectors.joining(",")));
    settings.put("threads", String.valueOf(threads));
    settings.put("concurrency", String.valueOf(concurrency));
    settings.put("same tokens", String.valueOf(sameTokens));
    return settings;
  }

  /** Reads the name of a workload. */
  static final class WorkloadName implements picocli.CommandLine.ITypeConverter<Workload> {
    @Override
    public Workload convert(String name) {
      return Workload.of(name);
    }
  }
}
