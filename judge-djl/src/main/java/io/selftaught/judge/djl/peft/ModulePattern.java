package io.selftaught.judge.djl.peft;

import com.google.gson.JsonElement;
import io.selftaught.judge.InvalidInputException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Numbers of modules that have their own: {@code rank_pattern} and {@code alpha_pattern}. */
@FunctionalInterface
interface ModulePattern {

  /** Returns the number of the module of a path, or {@code otherwise} if it has none. */
  double of(String modulePath, double otherwise);

  /**
   * Reads an object whose keys are regular expressions for the ends of paths, the first that
   * matches counts; absent or {@code null} means none.
   */
  static ModulePattern of(Path file, String key, @Nullable JsonElement json) {
    if (json == null || json.isJsonNull()) {
      return (path, otherwise) -> otherwise;
    }
    if (!json.isJsonObject()) {
      throw wrong(file, key, json, "it must be an object");
    }
    Map<Pattern, Double> numbers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> entry : json.getAsJsonObject().entrySet()) {
      numbers.put(pattern(file, key, entry.getKey()), number(file, key, entry.getValue()));
    }
    return (path, otherwise) ->
        numbers.entrySet().stream()
            .filter(entry -> entry.getKey().matcher(path).matches())
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(otherwise);
  }

  private static Pattern pattern(Path file, String key, String text) {
    try {
      return Pattern.compile("(.*\\.)?(" + text + ")");
    } catch (PatternSyntaxException e) {
      throw new InvalidInputException(
          "%s has \"%s\" of \"%s\", which is no regular expression here: %s"
              .formatted(file, key, text, e.getMessage()),
          e);
    }
  }

  private static double number(Path file, String key, JsonElement json) {
    try {
      double number = json.getAsDouble();
      if (number > 0
          && number <= Integer.MAX_VALUE
          && (!key.equals("rank_pattern") || number == (int) number)) {
        return number;
      }
    } catch (RuntimeException e) {
      // Of another type; the message below says which.
    }
    throw wrong(file, key, json, "ranks and alphas must be numbers above 0, ranks whole ones");
  }

  private static InvalidInputException wrong(
      Path file, String key, JsonElement value, String remedy) {
    return new InvalidInputException("%s has \"%s\": %s; %s".formatted(file, key, value, remedy));
  }
}
