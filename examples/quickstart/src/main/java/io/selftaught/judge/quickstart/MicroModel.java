package io.selftaught.judge.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/** The model that comes with the quickstart, in the layout of Hugging Face. */
public final class MicroModel {

  private static final List<String> FILES =
      List.of("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors");

  private MicroModel() {}

  /**
   * Copies the model out of the class path.
   *
   * @param folder where to; made if it is missing, and its files of these names are replaced
   * @return the folder
   */
  public static Path unpack(Path folder) {
    try {
      Files.createDirectories(folder);
      for (String file : FILES) {
        try (InputStream in =
            Objects.requireNonNull(MicroModel.class.getResourceAsStream("micro-model/" + file))) {
          Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
