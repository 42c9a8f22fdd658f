package io.selftaught.judge.djl.hub;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.ProgressListener;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Hugging Face hub, or a mirror of one, with its cache. Safe for use by several threads. */
public final class Hub {

  private static final Logger LOGGER = LoggerFactory.getLogger(Hub.class);

  private final HubSettings settings;
  private final HubClient client;
  private final Retries retries;

  private Hub(HubSettings settings) {
    this.settings = settings;
    client = new HubClient(settings);
    retries = new Retries(settings.backoff());
  }

  /** Returns the hub with these settings. */
  public static Hub of(HubSettings settings) {
    return new Hub(settings);
  }

  /**
   * Returns the hub that the environment of this process names, see {@link HubSettings#of}.
   *
   * @throws InvalidInputException if a variable makes no sense
   */
  public static Hub ofEnvironment() {
    return of(HubSettings.of(System.getenv(), Path.of(System.getProperty("user.home"))));
  }

  /**
   * Opens a repository. All its files will be of the commit that the revision stands for now; if
   * the hub cannot be reached, of the one that it stood for when it was last fetched.
   *
   * @param file a file that the repository must have
   * @param listener is told of downloads
   * @throws InvalidInputException if there is no such repository, revision or file, it must not be
   *     read, or the hub must not be asked and the cache does not have it
   * @throws ModelException if the hub failed and the cache does not have it
   */
  public HubRepository open(HubId id, String file, ProgressListener listener) {
    CacheFolder folder = CacheFolder.of(settings.cache(), id.repository());
    Optional<String> cached = folder.commit(id.revision());
    if (settings.offline()) {
      String why = "HF_HUB_OFFLINE is set";
      String commit =
          cached.orElseThrow(() -> new InvalidInputException(notCached(id.toString(), why)));
      return new HubRepository(id, commit, folder, client, retries, listener, Optional.of(why));
    }
    Optional<String> unreachable = Optional.empty();
    String commit;
    if (RemoteFile.isCommit(id.revision())) {
      commit = id.revision();
    } else if (cached.isEmpty()) {
      commit = retries.call(() -> commit(id, file));
    } else {
      try {
        commit = commit(id, file);
      } catch (TransientFailure e) {
        LOGGER.warn("{}; taking {} from the cache", String.valueOf(e.getMessage()), id);
        unreachable = Optional.of(String.valueOf(e.getMessage()));
        commit = cached.get();
      }
    }
    return new HubRepository(id, commit, folder, client, retries, listener, unreachable);
  }

  private String commit(HubId id, String file) {
    return client
        .describe(id.repository(), id.revision(), file)
        .orElseThrow(() -> HubRepository.noSuchFile(id, file))
        .commit();
  }

  static String notCached(String what, String why) {
    return "%s is not in the cache, and %s; fetch it once while the hub can be reached"
        .formatted(what, why);
  }

  @Override
  public String toString() {
    return "Hub[" + settings + "]";
  }
}
