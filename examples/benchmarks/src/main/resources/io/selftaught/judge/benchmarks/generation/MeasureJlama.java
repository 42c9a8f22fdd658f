import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tjake.jlama.model.AbstractModel;
import com.github.tjake.jlama.model.ModelSupport;
import com.github.tjake.jlama.model.functions.Generator;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.safetensors.prompt.PromptContext;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Does the work of a file with Jlama: see JlamaSubject.java. Not compiled with this module, because
 * Jlama needs JDK 21: {@code java} compiles it as it runs it.
 */
public final class MeasureJlama {

  public static void main(String[] args) throws Exception {
    File directory = new File(args[0]);
    int threads = Integer.parseInt(args[1]);
    AbstractModel model =
        ModelSupport.loadModel(
            directory, null, DType.F32, DType.I8, Optional.empty(), Optional.of(threads));
    ObjectMapper mapper = new ObjectMapper();
    List<Object> timings = new ArrayList<>();
    for (JsonNode pass : mapper.readTree(new File(args[2])).get("passes")) {
      timings.add(run(model, pass));
    }
    long weights = new File(directory, "model.safetensors").length();
    Map<String, Object> measurement = new LinkedHashMap<>();
    measurement.put(
        "settings",
        Map.of(
            "java", System.getProperty("java.vm.version"),
            "threads", args[1],
            "types", "weights as stored, computed in F32, one text at a time"));
    measurement.put("weightBytes", weights);
    measurement.put("peakBytes", peak());
    measurement.put("timings", timings);
    mapper.writeValue(new File(args[3]), measurement);
    System.exit(0); // its threads would go on
  }

  private static Map<String, Object> run(AbstractModel model, JsonNode pass) {
    long promptTokens = 0;
    List<String> written = new ArrayList<>();
    long start = System.nanoTime();
    for (JsonNode request : pass.get("requests")) {
      List<String> counts = new ArrayList<>();
      int prompt = 0;
      for (int sample = 0; sample < request.get("samples").asInt(); sample++) {
        Generator.Response response = generate(model, request);
        prompt = response.promptTokens;
        counts.add(String.valueOf(response.generatedTokens));
      }
      promptTokens += prompt;
      written.add(String.join(" ", counts));
    }
    Map<String, Object> timing = new LinkedHashMap<>();
    timing.put("workload", pass.get("workload").asText());
    timing.put("promptsOnly", pass.get("promptsOnly").asBoolean());
    timing.put("seconds", (System.nanoTime() - start) / 1e9);
    timing.put("promptTokens", promptTokens);
    timing.put("written", written);
    return timing;
  }

  private static Generator.Response generate(AbstractModel model, JsonNode request) {
    String text = request.get("text").asText();
    // Its limit counts the prompt, and one token more.
    int limit = model.getTokenizer().encode(text).length + request.get("maxTokens").asInt() + 1;
    float temperature = (float) request.get("temperature").asDouble();
    return model.generate(
        UUID.randomUUID(), PromptContext.of(text), temperature, limit, (token, time) -> {});
  }

  private static long peak() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    return 0;
  }
}
