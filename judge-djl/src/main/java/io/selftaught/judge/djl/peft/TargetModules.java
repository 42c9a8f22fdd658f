package io.selftaught.judge.djl.peft;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.selftaught.judge.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Which modules an adapter is made for, by their paths from the root of the model. */
@FunctionalInterface
interface TargetModules {

  /** Returns whether the module of a path is adapted. */
  boolean contain(String modulePath);

  /**
   * Reads {@code target_modules}: a list of ends of paths, a regular expression for whole paths, or
   * {@code "all-linear"}.
   */
  static TargetModules of(Path file, @Nullable JsonElement json) {
    if (json != null && json.isJsonArray() && !json.getAsJsonArray().isEmpty()) {
      List<String> ends =
          StreamSupport.stream(json.getAsJsonArray().spliterator(), false)
              .filter(JsonElement::isJsonPrimitive)
              .map(JsonElement::getAsString)
              .toList();
      return path -> ends.stream().anyMatch(end -> path.equals(end) || path.endsWith("." + end));
    }
    if (json instanceof JsonPrimitive text && text.isString()) {
      return ofText(file, text.getAsString());
    }
    throw new InvalidInputException(
        "%s has \"target_modules\": %s; it must be names, a regular expression or \"all-linear\""
            .formatted(file, json));
  }

  private static TargetModules ofText(Path file, String text) {
    if (text.equals("all-linear")) {
      return path -> true;
    }
    try {
      Pattern pattern = Pattern.compile(text);
      return path -> pattern.matcher(path).matches();
    } catch (PatternSyntaxException e) {
      throw new InvalidInputException(
          "%s has \"target_modules\": \"%s\", which is no regular expression here: %s"
              .formatted(file, text, e.getMessage()),
          e);
    }
  }
}
