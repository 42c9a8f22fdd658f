package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.Generation;
import io.selftaught.judge.djl.DjlModel;
import io.selftaught.judge.djl.DjlOptions;
import io.selftaught.judge.djl.ModelInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The process of {@link DjlSubject}: does the work of a file through {@link DjlModel}. */
@Command(name = "measure-djl", hidden = true)
@SuppressWarnings("NullAway.Init") // Set by the option parser.
public final class MeasureDjlCommand implements Callable<Integer> {

  @Option(names = "--model", required = true)
  private Path model;

  @Option(names = "--data-type", required = true)
  private DjlOptions.DataType dataType;

  @Option(names = "--key-values", required = true)
  private DjlOptions.KeyValues keyValues;

  @Option(names = "--threads", required = true)
  private int threads;

  @Option(names = "--slots", required = true)
  private int slots;

  @Option(names = "--work", required = true)
  private Path work;

  @Option(names = "--out", required = true)
  private Path out;

  /** Called by the program. */
  public MeasureDjlCommand() {}

  @Override
  public Integer call() {
    DjlOptions options =
        DjlOptions.builder()
            .dataType(dataType)
            .keyValues(keyValues)
            .threads(threads)
            .slots(slots)
            .build();
    try (DjlModel loaded = DjlModel.load(model, options)) {
      Map<String, String> settings = settings(options, loaded.info());
      List<Timing> timings = new ArrayList<>();
      for (Pass pass : Work.read(work).passes()) {
        try (NativeShare share = NativeShare.watch("judge-")) {
          timings.add(PassRunner.run(pass, request -> generate(loaded, request)));
          share.outside().ifPresent(part -> settings.put("Java share, " + pass, percent(part)));
        }
      }
      long peak = ProcessMemory.peak(ProcessHandle.current().pid());
      new Measurement(settings, loaded.info().weightBytes(), peak, timings).write(out);
    }
    return ExitCode.OK;
  }

  private static Map<String, String> settings(DjlOptions options, ModelInfo info) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("options", options.toString());
    settings.put("model", info.toString());
    settings.put("device", info.device());
    return settings;
  }

  private static List<Integer> generate(DjlModel model, Request request) {
    return model.generate(request.messages(), request.config()).stream()
        .map(MeasureDjlCommand::tokens)
        .toList();
  }

  private static int tokens(Generation generation) {
    return Math.toIntExact(generation.usage().completionTokens().orElseThrow());
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * part);
  }
}
