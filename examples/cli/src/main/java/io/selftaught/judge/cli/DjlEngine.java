package io.selftaught.judge.cli;

import io.selftaught.judge.AdaptableModel;
import io.selftaught.judge.FineTuner;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.djl.DjlFineTuner;
import io.selftaught.judge.djl.DjlModel;
import io.selftaught.judge.djl.DjlOptions;
import io.selftaught.judge.djl.ModelInfo;
import io.selftaught.judge.report.ConsoleProgress;
import java.io.PrintWriter;

/** Runs models in this process. */
final class DjlEngine implements Engine {

  private final PrintWriter err;

  /** Creates an engine that shows on {@code err} how a download proceeds. */
  DjlEngine(PrintWriter err) {
    this.err = err;
  }

  @Override
  public Opened open(ModelOptions options) {
    DjlOptions.Builder djl = DjlOptions.builder();
    options.dtype().ifPresent(djl::dataType);
    options.device().ifPresent(djl::device);
    options.keyValues().ifPresent(djl::keyValues);
    options.replicas().ifPresent(djl::replicas);
    options.context().ifPresent(djl::context);
    options.threads().ifPresent(djl::threads);
    try (ConsoleProgress progress = new ConsoleProgress(err)) {
      return new Loaded(DjlModel.load(options.model(), djl.build(), progress));
    }
  }

  private record Loaded(DjlModel djl) implements Opened {

    @Override
    public AdaptableModel model() {
      return djl;
    }

    @Override
    public ModelInfo info() {
      return djl.info();
    }

    @Override
    public FineTuner fineTuner(LoraConfig lora, TrainingConfig training) {
      return DjlFineTuner.of(djl, lora, training);
    }

    @Override
    public void close() {
      djl.close();
    }
  }
}
