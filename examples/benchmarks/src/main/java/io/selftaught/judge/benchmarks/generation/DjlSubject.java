package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.djl.DjlOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * This library, in a virtual machine of its own.
 *
 * @param dataType a constant of {@code DjlOptions.DataType}
 * @param keyValues how keys and values are held
 * @param slots the most samples decoded at a time
 * @param folder receives what the processes exchange
 */
record DjlSubject(
    Path model,
    String dataType,
    DjlOptions.KeyValues keyValues,
    int threads,
    int slots,
    Path folder)
    implements Subject {

  @Override
  public String name() {
    String held = keyValues == DjlOptions.KeyValues.INT8 ? ", keys and values INT8" : "";
    return "judge-djl " + dataType + held;
  }

  @Override
  public Measurement measure(Work work) {
    Path in = folder.resolve("work.json");
    Path out = folder.resolve("judge-djl-" + dataType + "-" + keyValues + ".json");
    work.write(in);
    List<String> command =
        java(
            "measure-djl",
            "--model=" + model,
            "--data-type=" + dataType,
            "--key-values=" + keyValues,
            "--threads=" + threads,
            "--slots=" + slots,
            "--work=" + in,
            "--out=" + out);
    ChildProcess.run(
        name(), command, Map.of(), folder.resolve(dataType + "-" + keyValues + ".log"));
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
