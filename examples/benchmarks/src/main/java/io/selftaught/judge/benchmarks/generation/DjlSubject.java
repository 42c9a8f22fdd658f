package io.selftaught.judge.benchmarks.generation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * This library, in a virtual machine of its own.
 *
 * @param dataType a constant of {@code DjlOptions.DataType}
 * @param slots the most samples decoded at a time
 * @param folder receives what the processes exchange
 */
record DjlSubject(Path model, String dataType, int threads, int slots, Path folder)
    implements Subject {

  @Override
  public String name() {
    return "judge-djl " + dataType;
  }

  @Override
  public Measurement measure(Work work) {
    Path in = folder.resolve("work.json");
    Path out = folder.resolve("judge-djl-" + dataType + ".json");
    work.write(in);
    List<String> command =
        java(
            "measure-djl",
            "--model=" + model,
            "--data-type=" + dataType,
            "--threads=" + threads,
            "--slots=" + slots,
            "--work=" + in,
            "--out=" + out);
    ChildProcess.run(name(), command, Map.of(), folder.resolve(dataType + ".log"));
    return Measurement.read(out);
  }

  /** Returns the command that runs a sub-command of this program as it runs itself. */
  static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), "io.selftaught.judge.benchmarks.Main"));
    command.addAll(List.of(arguments));
    return command;
  }
}
