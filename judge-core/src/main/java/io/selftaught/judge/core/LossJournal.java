package io.selftaught.judge.core;

import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.core.data.Journal;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.data.RunDirectory;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Writes down the losses that a fine-tuner reports, and passes its progress on as that of a round.
 */
final class LossJournal implements ProgressListener, AutoCloseable {

  private final Journal journal;
  private final int round;
  private final ProgressListener next;

  LossJournal(RunDirectory run, int round, ProgressListener next) {
    journal = Journal.open(file(run, round));
    this.round = round;
    this.next = next;
  }

  /**
   * Returns the losses by optimiser step. A step that was done again after a crash has its last
   * loss.
   */
  static NavigableMap<Long, Double> read(RunDirectory run, int round) {
    NavigableMap<Long, Double> losses = new TreeMap<>();
    Journal.read(file(run, round), line -> line)
        .records()
        .forEach(line -> losses.put(line.integer("step"), line.number("loss")));
    return losses;
  }

  private static Path file(RunDirectory run, int round) {
    return run.path(Stage.place(round, "losses.jsonl"));
  }

  @Override
  public void onProgress(ProgressEvent event) {
    Double loss = event.metrics().get("loss");
    if (loss != null) {
      journal.append(JsonRecord.builder().put("step", event.done()).put("loss", loss).build());
    }
    next.onProgress(
        new ProgressEvent(Stages.FINE_TUNE, round, event.done(), event.total(), event.metrics()));
  }

  @Override
  public void close() {
    journal.close();
  }
}
