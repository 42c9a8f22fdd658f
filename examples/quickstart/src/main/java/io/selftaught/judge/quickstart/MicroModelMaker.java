package io.selftaught.judge.quickstart;

import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.TrainingExample;
import io.selftaught.judge.djl.DjlOptions;
import io.selftaught.judge.djl.DjlPretrainer;
import io.selftaught.judge.quickstart.world.Corpus;
import io.selftaught.judge.quickstart.world.Lesson;
import io.selftaught.judge.quickstart.world.MicroTokenizer;
import io.selftaught.judge.quickstart.world.Recipe;
import io.selftaught.judge.quickstart.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Makes the micro model of the quickstart from nothing: its tokenizer, then its weights. Takes a
 * folder; started again with the same one, it goes on where it was cut off.
 */
public final class MicroModelMaker {

  private static final long SEED = 20_26;
  private static final int STEPS = Integer.getInteger("steps", 6000);

  private static final TrainingConfig TRAINING =
      TrainingConfig.builder()
          .learningRate(Double.parseDouble(System.getProperty("lr", "3e-3")))
          .finalLearningRateRatio(0.02)
          .warmupSteps(200)
          .batchSize(Integer.getInteger("batch", 128))
          .maxTokens(512)
          .weightDecay(0.05)
          .seed(SEED)
          .checkpointSteps(500)
          .build();

  private MicroModelMaker() {}

  /** Makes the model. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Files.createDirectories(folder);
    Corpus corpus = new Corpus(World.standard(), Recipe.standard());
    MicroTokenizer tokenizer = MicroTokenizer.learn(corpus.lessons(SEED).limit(40_000), 1536);
    tokenizer.writeTo(folder);
    Files.writeString(folder.resolve("config.json"), config(tokenizer.vocabularySize()));
    AtomicInteger numbers = new AtomicInteger();
    Stream<TrainingExample> examples =
        corpus.lessons(SEED + 1).map(lesson -> example(lesson, numbers.incrementAndGet()));
    DjlPretrainer.of(DjlOptions.defaults(), TRAINING, STEPS)
        .train(folder, examples, MicroModelMaker::show);
  }

  private static TrainingExample example(Lesson lesson, int number) {
    return new TrainingExample("lesson-" + number, lesson.prompt(), lesson.completion());
  }

  private static void show(ProgressEvent e) {
    if (e.done() % Integer.getInteger("every", 50) == 0) {
      System.out.printf("%d/%d %s%n", e.done(), e.total(), e.metrics());
    }
  }

  private static String config(int vocabulary) {
    int hidden = Integer.getInteger("hidden", 192);
    return """
        {
          "architectures": ["LlamaForCausalLM"],
          "model_type": "llama",
          "vocab_size": %d,
          "hidden_size": %d,
          "intermediate_size": %d,
          "num_hidden_layers": %d,
          "num_attention_heads": %d,
          "num_key_value_heads": %d,
          "head_dim": 32,
          "max_position_embeddings": 512,
          "rms_norm_eps": 1e-5,
          "rope_theta": 10000.0,
          "hidden_act": "silu",
          "tie_word_embeddings": true,
          "torch_dtype": "bfloat16"
        }
        """
        .formatted(
            vocabulary,
            hidden,
            hidden * 8 / 3 / 32 * 32,
            Integer.getInteger("layers", 6),
            hidden / 32,
            hidden / 32);
  }
}
