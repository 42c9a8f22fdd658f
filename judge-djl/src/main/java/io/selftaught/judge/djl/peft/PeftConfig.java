package io.selftaught.judge.djl.peft;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;

/**
 * {@code adapter_config.json}. What would change the computation and is not known here is refused,
 * never ignored.
 *
 * @param rank the inner dimension of A and B, where {@code ranks} says nothing else
 * @param alpha {@code lora_alpha}, where {@code alphas} says nothing else
 * @param rankStabilised whether {@code B A} is multiplied by alpha / sqrt(rank) and not alpha /
 *     rank
 * @param ranks those of modules of their own rank
 * @param alphas those of modules of their own alpha
 * @param targets which modules are adapted
 */
record PeftConfig(
    int rank,
    double alpha,
    boolean rankStabilised,
    ModulePattern ranks,
    ModulePattern alphas,
    TargetModules targets) {

  static final String FILE = "adapter_config.json";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  /** Keys that are read here. */
  private static final Set<String> HONOURED =
      Set.of(
          "peft_type",
          "r",
          "lora_alpha",
          "use_rslora",
          "rank_pattern",
          "alpha_pattern",
          "target_modules",
          "init_lora_weights");

  /** Keys that say where the adapter comes from, or matter in training only. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "auto_mapping",
          "base_model_name_or_path",
          "corda_config",
          "ensure_weight_tying",
          "eva_config",
          "inference_mode",
          "loftq_config",
          "lora_dropout",
          "lora_ga_config",
          "megatron_config",
          "megatron_core",
          "peft_version",
          "qalora_group_size",
          "revision",
          "runtime_config",
          "task_type");

  /** Ways to start training that leave the base weights as they are. */
  private static final Set<String> PLAIN_STARTS =
      Set.of("true", "false", "gaussian", "eva", "orthogonal");

  /** Every other key must hold one of these, with which PEFT does nothing. */
  private static final Set<String> NEUTRAL =
      Set.of("null", "false", "[]", "{}", "\"none\"", "\"\"");

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it is damaged or asks for more than LoRA on the projections
   */
  static PeftConfig read(Path file) {
    JsonObject json = parse(file);
    require(file, json, "peft_type", "\"LORA\"");
    json.entrySet().forEach(entry -> refuseUnknown(file, entry));
    int rank = (int) positive(file, json, "r");
    double alpha = positive(file, json, "lora_alpha");
    boolean rankStabilised =
        json.has("use_rslora") && json.get("use_rslora").toString().equals("true");
    return new PeftConfig(
        rank,
        alpha,
        rankStabilised,
        ModulePattern.of(file, "rank_pattern", json.get("rank_pattern")),
        ModulePattern.of(file, "alpha_pattern", json.get("alpha_pattern")),
        TargetModules.of(file, json.get("target_modules")));
  }

  /** Returns the rank of a module. */
  int rank(String modulePath) {
    return (int) ranks.of(modulePath, rank);
  }

  /** Returns what multiplies {@code B A} of most modules. */
  double scale() {
    return scale(alpha, rank);
  }

  /** Returns what multiplies {@code B A} of a module. */
  double scale(String modulePath) {
    return scale(alphas.of(modulePath, alpha), rank(modulePath));
  }

  private double scale(double alpha, int rank) {
    return alpha / (rankStabilised ? Math.sqrt(rank) : rank);
  }

  private static JsonObject parse(Path file) {
    try {
      JsonElement json = JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8));
      if (!json.isJsonObject()) {
        throw new InvalidInputException(file + " is not a JSON object");
      }
      return json.getAsJsonObject();
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          "Can't read %s: no such file; is it the folder of an adapter?".formatted(file), e);
    } catch (IOException e) {
      throw new InvalidInputException("Can't read " + file + ": " + e.getMessage(), e);
    } catch (JsonParseException e) {
      throw new InvalidInputException(file + " is not valid JSON: " + e.getMessage(), e);
    }
  }

  private static void refuseUnknown(Path file, Map.Entry<String, JsonElement> entry) {
    String value = entry.getValue().toString();
    if (entry.getKey().equals("init_lora_weights")) {
      if (!PLAIN_STARTS.contains(value.replace("\"", ""))) {
        throw refused(
            file,
            entry.getKey(),
            value,
            "it changes the base weights; convert it to plain LoRA with PEFT");
      }
    } else if (!HONOURED.contains(entry.getKey())
        && !WITHOUT_EFFECT.contains(entry.getKey())
        && !NEUTRAL.contains(value)) {
      throw refused(
          file, entry.getKey(), value, "only plain LoRA is known; save the adapter without it");
    }
  }

  private static void require(Path file, JsonObject json, String key, String value) {
    JsonElement found = json.get(key);
    if (found == null || !found.toString().equals(value)) {
      throw refused(file, key, String.valueOf(found), "known is " + value);
    }
  }

  private static double positive(Path file, JsonObject json, String key) {
    try {
      double value = json.get(key).getAsDouble();
      if (value > 0 && value <= Integer.MAX_VALUE && (!key.equals("r") || value == (int) value)) {
        return value;
      }
    } catch (RuntimeException e) {
      // Missing or of another type; the message below says which.
    }
    throw refused(file, key, String.valueOf(json.get(key)), "it must be a number above 0");
  }

  private static InvalidInputException refused(Path file, String key, String value, String remedy) {
    return new InvalidInputException("%s has \"%s\": %s; %s".formatted(file, key, value, remedy));
  }

  /** Writes a file that PEFT reads; it appears complete or not at all. */
  static void write(
      Path file, int rank, double alpha, double dropout, Set<String> targets, String base) {
    JsonObject json = new JsonObject();
    json.addProperty("base_model_name_or_path", base);
    json.addProperty("bias", "none");
    json.addProperty("fan_in_fan_out", false);
    json.addProperty("inference_mode", true);
    json.addProperty("init_lora_weights", true);
    json.addProperty("lora_alpha", alpha);
    json.addProperty("lora_dropout", dropout);
    json.addProperty("peft_type", "LORA");
    json.addProperty("r", rank);
    JsonArray modules = new JsonArray();
    targets.stream().sorted().forEach(modules::add);
    json.add("target_modules", modules);
    json.addProperty("task_type", "CAUSAL_LM");
    json.addProperty("use_dora", false);
    json.addProperty("use_rslora", false);
    Path part = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.writeString(part, GSON.toJson(json) + "\n", StandardCharsets.UTF_8);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be written: %s; check the folder and the space left".formatted(file, e), e);
    }
  }
}
