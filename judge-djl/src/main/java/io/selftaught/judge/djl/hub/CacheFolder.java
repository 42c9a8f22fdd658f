package io.selftaught.judge.djl.hub;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one repository in the cache, in huggingface_hub's layout.
 *
 * <pre>
 * models--org--name/
 *   blobs/CHECKSUM                   the content of files
 *   refs/REVISION                    the commit that a branch or tag stood for
 *   snapshots/COMMIT/FILE            a relative link to the content
 *   .no_exist/COMMIT/FILE            an empty file: the commit has no such file
 * </pre>
 *
 * @param root the folder itself
 * @param locks where the locks of its contents are
 */
record CacheFolder(Path root, Path locks) {

  private static final Logger LOGGER = LoggerFactory.getLogger(CacheFolder.class);

  /** The caller has checked the name. */
  static CacheFolder of(Path cache, String repository) {
    String name = "models--" + repository.replace("/", "--");
    return new CacheFolder(cache.resolve(name), cache.resolve(".locks").resolve(name));
  }

  Path blob(Checksum checksum) {
    return root.resolve("blobs").resolve(checksum.etag());
  }

  /** Python's locks are of another kind, so the name is another one, too. */
  Path lock(Checksum checksum) {
    return locks.resolve(checksum.etag() + ".jvm.lock");
  }

  Path snapshot(String commit) {
    return root.resolve("snapshots").resolve(commit);
  }

  /** Returns a file of a commit, if it is there. */
  Optional<Path> find(String commit, String file) {
    Path path = snapshot(commit).resolve(file);
    return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
  }

  boolean isKnownMissing(String commit, String file) {
    return Files.exists(missing(commit, file));
  }

  /** Notes that a commit lacks a file; a cache that can't be written to goes without. */
  void rememberMissing(String commit, String file) {
    Path marker = missing(commit, file);
    try {
      Files.createDirectories(requireNonNull(marker.getParent()));
      Files.write(marker, new byte[0]);
    } catch (IOException e) {
      LOGGER.debug("{} could not be written", marker, e);
    }
  }

  private Path missing(String commit, String file) {
    return root.resolve(".no_exist").resolve(commit).resolve(file);
  }

  /** Returns the commit that a revision stood for when it was last fetched. */
  Optional<String> commit(String revision) {
    if (RemoteFile.isCommit(revision)) {
      return Optional.of(revision);
    }
    Path ref = root.resolve("refs").resolve(revision);
    try {
      return Files.isRegularFile(ref)
          ? Optional.of(Files.readString(ref).strip()).filter(RemoteFile::isCommit)
          : Optional.empty();
    } catch (IOException e) {
      throw new InvalidInputException("Can't read " + ref + ": " + e.getMessage(), e);
    }
  }

  /** Notes what a revision stands for; a cache that can't be written to goes without. */
  void rememberCommit(String revision, String commit) {
    if (commit(revision).equals(Optional.of(commit))) {
      return;
    }
    Path ref = root.resolve("refs").resolve(revision);
    try {
      Files.createDirectories(requireNonNull(ref.getParent()));
      Path fresh = beside(ref);
      Files.writeString(fresh, commit);
      Files.move(fresh, ref, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOGGER.warn("{} could not be written: {}", ref, e.toString());
    }
  }

  /** Gives a content its name in a commit. Where there are no links, it is copied. */
  Path link(String commit, String file, Path blob) throws IOException {
    Path path = snapshot(commit).resolve(file);
    Path parent = requireNonNull(path.getParent());
    Files.createDirectories(parent);
    Path fresh = beside(path);
    try {
      Files.createSymbolicLink(fresh, parent.relativize(blob));
    } catch (UnsupportedOperationException | IOException e) {
      LOGGER.debug("No link can be made at {}", path, e);
      Files.copy(blob, fresh, LinkOption.NOFOLLOW_LINKS);
    }
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    return path;
  }

  private static Path beside(Path path) {
    return path.resolveSibling(path.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }
}
