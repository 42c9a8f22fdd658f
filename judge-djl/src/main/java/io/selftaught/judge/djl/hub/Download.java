package io.selftaught.judge.djl.hub;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.ProgressListener;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the content of one file into the cache, from where an earlier download of it stopped. It
 * gets its name there when it is whole and has the announced checksum. The caller holds the lock of
 * the content.
 */
final class Download {

  private static final Logger LOGGER = LoggerFactory.getLogger(Download.class);

  /** A file whose size is not announced is a small one. */
  private static final long MAX_UNANNOUNCED = 1 << 26;

  /** A try that brought as much was a good one: the next one is not counted. */
  private static final long WORTH_IT = 1 << 20;

  /** Below that there is no progress to speak of. */
  private static final long WORTH_TELLING = 1 << 20;

  private final HubClient client;
  private final Retries retries;
  private final String repository;
  private final String file;
  private final RemoteFile remote;
  private final ProgressListener listener;
  private final long limit;
  private long told;

  Download(
      HubClient client,
      Retries retries,
      String repository,
      String file,
      RemoteFile remote,
      ProgressListener listener) {
    this.client = client;
    this.retries = retries;
    this.repository = repository;
    this.file = file;
    this.remote = remote;
    this.listener = listener;
    this.limit = remote.size().orElse(MAX_UNANNOUNCED);
  }

  /**
   * Fetches.
   *
   * @throws ModelException if the network or the server fails, or sends something else than it
   *     announced
   */
  void to(Path blob) throws IOException {
    Path partial = blob.resolveSibling(blob.getFileName() + ".jvm.incomplete");
    Files.createDirectories(requireNonNull(blob.getParent()));
    boolean resumed = Files.exists(partial, LinkOption.NOFOLLOW_LINKS);
    fetch(partial);
    if (resumed && !remote.checksum().fits(partial)) {
      LOGGER.info("{} was continued from something else; fetching it from the start", what());
      Files.delete(partial);
      fetch(partial);
    }
    if (!remote.checksum().fits(partial)) {
      Files.delete(partial);
      throw new ModelException(
          "%s: what came has not the checksum that the hub announced, %s; try again, or another mirror"
              .formatted(what(), remote.checksum().etag()));
    }
    if (!remote.checksum().canBeChecked()) {
      LOGGER.warn("{}: the hub gave no checksum that can be checked", what());
    }
    Files.move(partial, blob, StandardCopyOption.ATOMIC_MOVE);
  }

  private void fetch(Path partial) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      checkRoom(partial, out.size());
      boolean whole = false;
      while (!whole) {
        whole = retries.call(() -> attempt(out));
      }
      out.force(true);
    }
  }

  private void checkRoom(Path partial, long have) throws IOException {
    long free = Files.getFileStore(partial).getUsableSpace();
    if (remote.size().isPresent() && limit - have > free) {
      throw new InvalidInputException(
          "%s has %,d bytes and %s has room for %,d; make room, or set HF_HUB_CACHE to another disk"
              .formatted(what(), limit, partial.getParent(), free));
    }
  }

  /** Returns whether the file is whole; not, if a good part of it came and then the line broke. */
  private boolean attempt(FileChannel out) {
    long before = 0;
    try {
      before = out.size();
      if (remote.size().isPresent() && before == limit && limit > 0) {
        return true;
      }
      receive(out, before);
      return true;
    } catch (IOException e) {
      if (size(out) - before >= WORTH_IT) {
        return false;
      }
      throw new TransientFailure("%s broke off (%s)".formatted(what(), HubClient.reason(e)), e);
    } catch (InterruptedException e) {
      throw Retries.interrupted(e);
    }
  }

  private void receive(FileChannel out, long have) throws IOException, InterruptedException {
    HttpResponse<BodyQueue> response = client.fetch(repository, remote.commit(), file, have);
    try (BodyQueue body = response.body()) {
      if (response.statusCode() == 416
          || (response.statusCode() == 206 && !continues(response, have))) {
        out.truncate(0);
        throw new IOException("the server did not continue at byte " + have);
      }
      if (response.statusCode() == 200) {
        out.truncate(0); // all of it comes, asked for or not
      }
      long done = out.size();
      out.position(done);
      for (var bytes = body.next(client.timeout());
          !bytes.isEmpty();
          bytes = body.next(client.timeout())) {
        for (ByteBuffer part : bytes) {
          done += part.remaining();
          checkLimit(out, done);
          while (part.hasRemaining()) {
            out.write(part);
          }
        }
        tell(done);
      }
      if (remote.size().isPresent() && done < limit) {
        throw new IOException("%d of %d bytes came".formatted(done, limit));
      }
    }
  }

  private static boolean continues(HttpResponse<?> response, long have) {
    String range = response.headers().firstValue("Content-Range").orElse("");
    return have > 0 && range.startsWith("bytes " + have + "-");
  }

  private void checkLimit(FileChannel out, long done) throws IOException {
    if (done > limit) {
      out.truncate(0);
      throw new ModelException(
          "%s: more came than the announced %d bytes; try again, or another mirror"
              .formatted(what(), limit));
    }
  }

  private void tell(long done) {
    boolean worthIt = limit >= WORTH_TELLING && remote.size().isPresent();
    if (worthIt && (done == limit || done - told >= limit / 100 || done < told)) {
      told = done;
      listener.onProgress(new ProgressEvent("download " + file, 0, done, limit, Map.of()));
    }
  }

  private static long size(FileChannel channel) {
    try {
      return channel.size();
    } catch (IOException e) {
      return 0;
    }
  }

  private String what() {
    return HubClient.what(repository, remote.commit(), file);
  }
}
