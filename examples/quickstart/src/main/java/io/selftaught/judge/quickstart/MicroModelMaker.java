package io.selftaught.judge.quickstart;

import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.TrainingExample;
import io.selftaught.judge.djl.DjlOptions;
import io.selftaught.judge.djl.DjlPretrainer;
import io.selftaught.judge.quickstart.world.Corpus;
import io.selftaught.judge.quickstart.world.Lesson;
import io.selftaught.judge.quickstart.world.MicroTokenizer;
import io.selftaught.judge.quickstart.world.Recipe;
import io.selftaught.judge.quickstart.world.World;
import io.selftaught.judge.report.ConsoleProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Makes the micro model from nothing: first its tokenizer, then its weights, some 2.9 million.
 * Takes a folder; started again with the same one, it goes on where it was cut off.
 */
public final class MicroModelMaker {

  private static final long SEED = 2026;
  private static final int TOKENIZER_LESSONS = 40_000;
  private static final int VOCABULARY = 1_536;
  private static final int STEPS = 4_000;

  private static final TrainingConfig TRAINING =
      TrainingConfig.builder()
          .learningRate(3e-3)
          .finalLearningRateRatio(0.02)
          .warmupSteps(200)
          .batchSize(64)
          .weightDecay(0.05)
          .seed(SEED)
          .checkpointSteps(500)
          .build();

  private static final String CONFIG =
      """
      {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": %d,
        "hidden_size": 192,
        "intermediate_size": 512,
        "num_hidden_layers": 6,
        "num_attention_heads": 6,
        "num_key_value_heads": 6,
        "head_dim": 32,
        "max_position_embeddings": 512,
        "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0,
        "hidden_act": "silu",
        "tie_word_embeddings": true,
        "torch_dtype": "bfloat16"
      }
      """;

  private MicroModelMaker() {}

  /**
   * Makes the model.
   *
   * @param args the folder
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Files.createDirectories(folder);
    Corpus corpus = new Corpus(World.standard(), Recipe.standard());
    MicroTokenizer tokenizer =
        MicroTokenizer.learn(corpus.lessons(SEED).limit(TOKENIZER_LESSONS), VOCABULARY);
    tokenizer.writeTo(folder);
    Files.writeString(folder.resolve("config.json"), CONFIG.formatted(tokenizer.vocabularySize()));

    AtomicInteger number = new AtomicInteger();
    Stream<TrainingExample> lessons =
        corpus.lessons(SEED + 1).map(lesson -> example(lesson, number.incrementAndGet()));
    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    try (ConsoleProgress progress = new ConsoleProgress(out)) {
      DjlPretrainer.of(DjlOptions.defaults(), TRAINING, STEPS).train(folder, lessons, progress);
    }
  }

  private static TrainingExample example(Lesson lesson, int number) {
    return new TrainingExample("lesson-" + number, lesson.prompt(), lesson.completion());
  }
}
