package io.selftaught.judge.core.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import org.jspecify.annotations.Nullable;

/** Locks files against other processes and against others in this one. */
final class FileLocks {

  private FileLocks() {}

  /**
   * Locks a file, unless somebody has. Of it no byte that anybody reads is locked, for some systems
   * keep readers from what is. The lock ends with the channel, or with the process.
   *
   * @return whether it is locked now
   */
  static boolean tryLock(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
