package io.selftaught.judge.core.remote;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.selftaught.judge.Adapter;
import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.util.List;

/** Tells adapters apart by what is in them. */
final class AdapterFiles {

  private static final List<String> FILES =
      List.of("adapter_config.json", "adapter_model.safetensors");

  private AdapterFiles() {}

  /** Returns the beginning of the SHA-256 of the adapter's files. */
  static String fingerprint(Adapter adapter) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (String file : FILES) {
      try {
        hasher.putBytes(
            MoreFiles.asByteSource(adapter.directory().resolve(file))
                .hash(Hashing.sha256())
                .asBytes());
      } catch (IOException e) {
        throw new InvalidInputException(
            "Cannot read %s of the adapter in %s: %s"
                .formatted(file, adapter.directory(), e.getMessage()),
            e);
      }
    }
    return hasher.hash().toString().substring(0, 12);
  }
}
