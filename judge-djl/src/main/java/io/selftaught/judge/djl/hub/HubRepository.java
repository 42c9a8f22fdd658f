package io.selftaught.judge.djl.hub;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A repository at one commit. Safe for use by several threads, and by several processes. */
public final class HubRepository {

  private final HubId id;
  private final String commit;
  private final CacheFolder folder;
  private final HubClient client;
  private final Retries retries;
  private final ProgressListener listener;
  private final Optional<String> unreachable;

  /** {@code unreachable} says why the hub is not to be asked, if it is not. */
  HubRepository(
      HubId id,
      String commit,
      CacheFolder folder,
      HubClient client,
      Retries retries,
      ProgressListener listener,
      Optional<String> unreachable) {
    this.id = id;
    this.commit = commit;
    this.folder = folder;
    this.client = client;
    this.retries = retries;
    this.listener = listener;
    this.unreachable = unreachable;
  }

  /**
   * Returns where a file is, after fetching it if need be.
   *
   * @throws InvalidInputException if the repository has no such file, or the hub must not be asked
   * @throws ModelException if the hub failed, or sent something else than it announced
   */
  public Path file(String name) {
    return findFile(name).orElseThrow(() -> noSuchFile(id, name));
  }

  /**
   * Returns where a file is, after fetching it if need be; nothing if the repository lacks it.
   *
   * @throws InvalidInputException as above
   * @throws ModelException as above
   */
  public Optional<Path> findFile(String name) {
    HubId.checkNames(id.repository(), "file", name);
    Optional<Path> there = folder.find(commit, name);
    if (there.isPresent() || folder.isKnownMissing(commit, name)) {
      return there;
    }
    if (unreachable.isPresent()) {
      String message = Hub.notCached(name + " of " + id, unreachable.get());
      throw new InvalidInputException(message);
    }
    Optional<RemoteFile> remote =
        retries.call(() -> client.describe(id.repository(), commit, name));
    if (remote.isEmpty()) {
      folder.rememberMissing(commit, name);
      return Optional.empty();
    }
    try {
      return Optional.of(fetch(name, remote.get()));
    } catch (IOException e) {
      throw new InvalidInputException(
          "Can't write to the cache at %s: %s; set HF_HUB_CACHE to another folder"
              .formatted(folder.root(), e),
          e);
    }
  }

  private Path fetch(String name, RemoteFile remote) throws IOException {
    if (!remote.commit().equals(commit)) {
      throw new ModelException(
          "%s: the hub answers with a file of commit %s; try again"
              .formatted(HubClient.what(id.repository(), commit, name), remote.commit()));
    }
    Path blob = folder.blob(remote.checksum());
    return ContentLock.holding(
        folder.lock(remote.checksum()),
        () -> {
          if (!isWhole(blob, remote)) {
            new Download(client, retries, id.repository(), name, remote, listener).to(blob);
          }
          return folder.link(commit, name, blob);
        });
  }

  /** Content is put under its name when it is whole; only its size may be of another writer. */
  private static boolean isWhole(Path blob, RemoteFile remote) throws IOException {
    return Files.isRegularFile(blob)
        && (remote.size().isEmpty() || Files.size(blob) == remote.size().getAsLong());
  }

  /**
   * Says that all wanted files are there, which is when the cache may answer for the revision.
   *
   * @return the folder of the files
   */
  public Path complete() {
    folder.rememberCommit(id.revision(), commit);
    return folder.snapshot(commit);
  }

  static InvalidInputException noSuchFile(HubId id, String name) {
    return new InvalidInputException(
        "%1$s@%2$s has no file %3$s; if the model is another file, name it as %1$s:FILE"
            .formatted(id.repository(), id.revision(), name));
  }

  @Override
  public String toString() {
    return "%s at %s".formatted(id.repository(), commit);
  }
}
