package io.selftaught.judge.benchmarks.generation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code generate} of transformers, in bfloat16, in batches of like length padded on the left.
 *
 * @param python an interpreter that has torch, transformers and gguf
 * @param model a GGUF file or a Hugging Face directory
 * @param batch the most rows at a time
 * @param folder receives what the processes exchange
 */
record TransformersSubject(String python, Path model, int batch, int threads, Path folder)
    implements Subject {

  private static final String SCRIPT = "measure_transformers.py";

  @Override
  public String name() {
    return "transformers BF16, batches of " + batch;
  }

  @Override
  public Measurement measure(Work work) {
    Path in = folder.resolve("work.json");
    Path out = folder.resolve("transformers-" + batch + ".json");
    work.write(in);
    List<String> command =
        List.of(
            python,
            Resource.copy(SCRIPT, folder).toString(),
            "--model=" + model,
            "--batch=" + batch,
            "--threads=" + threads,
            "--work=" + in,
            "--out=" + out);
    Map<String, String> environment = Map.of("OMP_NUM_THREADS", String.valueOf(threads));
    Path log = folder.resolve("transformers-" + batch + ".log");
    ChildProcess.run(name(), command, environment, log);
    return Measurement.read(out);
  }
}
