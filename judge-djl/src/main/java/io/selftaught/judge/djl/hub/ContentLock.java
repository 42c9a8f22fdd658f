package io.selftaught.judge.djl.hub;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.Striped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Lock;

/**
 * Lets one thread of one process at a time fetch a content. A file's lock keeps out other processes
 * and belongs to a process, so threads need another one.
 */
final class ContentLock {

  private static final Striped<Lock> THREADS = Striped.lock(64);

  private ContentLock() {}

  /** What is done under the lock. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** Waits for the lock, which is a file that stays, since somebody may be waiting for it. */
  static <T> T holding(Path file, Work<T> work) throws IOException {
    Lock thread = THREADS.get(file);
    thread.lock();
    try {
      Files.createDirectories(requireNonNull(file.getParent()));
      try (FileChannel process =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        process.lock();
        return work.run();
      }
    } finally {
      thread.unlock();
    }
  }
}
