package io.selftaught.judge.report;

import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.ProgressListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows progress as one bar per stage on a terminal, and as a line now and then elsewhere. */
public final class ConsoleProgress implements ProgressListener, AutoCloseable {

  private static final int LINES_PER_STAGE = 5;

  private final PrintWriter err;
  private final boolean terminal;
  private String stage = "";
  private long printed = -1;
  private @Nullable ProgressBar bar;

  /**
   * Returns a listener that closes its bar when it is closed.
   *
   * @param err where lines go if there is no terminal; bars go to the error stream
   */
  // From Java 22 on there is always a console: a redirected run shows bars then, which harms
  // nobody.
  @SuppressWarnings("SystemConsoleNull")
  public ConsoleProgress(PrintWriter err) {
    this.err = err;
    this.terminal = System.console() != null;
  }

  @Override
  public synchronized void onProgress(ProgressEvent event) {
    String name = event.round() == 0 ? event.stage() : event.stage() + " " + event.round();
    if (!name.equals(stage)) {
      close();
      stage = name;
      printed = -1;
    }
    if (terminal) {
      advance(event);
    } else {
      printNowAndThen(event);
    }
  }

  private void advance(ProgressEvent event) {
    ProgressBar current = bar;
    if (current == null) {
      current =
          new ProgressBarBuilder()
              .setTaskName(stage)
              .setInitialMax(event.total())
              .setStyle(ProgressBarStyle.ASCII)
              .build();
      bar = current;
    }
    current.maxHint(event.total()).setExtraMessage(metrics(event)).stepTo(event.done());
  }

  private void printNowAndThen(ProgressEvent event) {
    long step = event.total() == 0 ? 0 : event.done() * LINES_PER_STAGE / event.total();
    if (step != printed) {
      printed = step;
      err.println(
          String.format(
                  Locale.ROOT,
                  "%s: %d of %d %s",
                  stage,
                  event.done(),
                  event.total(),
                  metrics(event))
              .stripTrailing());
    }
  }

  private static String metrics(ProgressEvent event) {
    return event.metrics().entrySet().stream()
        .map(metric -> String.format(Locale.ROOT, "%s %.4g", metric.getKey(), metric.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** Ends the bar that is showing, if there is one. */
  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
