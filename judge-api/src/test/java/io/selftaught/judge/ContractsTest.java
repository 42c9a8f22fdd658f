package io.selftaught.judge;

import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.InstructionLabels.ExpectedLength;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Nested;

/** The contracts, kept by the simplest implementations there are: so the contracts can be kept. */
class ContractsTest {

  @Nested
  class ScriptedLanguageModel extends LanguageModelContract {
    @Override
    protected LanguageModel open() {
      return ScriptedModel.rambling();
    }

    @Override
    protected List<ChatMessage> tooLong() {
      return ScriptedModel.tooLong();
    }
  }

  @Nested
  class JudgeWithoutModel extends JudgeContract {
    @Override
    protected Judge judge(LanguageModel model) {
      return comparison ->
          Judgment.of(
              Verdict.decided(
                  comparison.a().length() >= comparison.b().length()
                      ? Preference.A
                      : Preference.B));
    }
  }

  @Nested
  class JudgeAroundAModel extends JudgeContract {
    @Override
    protected Judge judge(LanguageModel model) {
      return comparison -> {
        Trace trace = ask(model, comparison, Order.AB, 0);
        return new Judgment(trace.verdict(), "", List.of(trace));
      };
    }
  }

  @Nested
  class OneWordLabeler extends InstructionLabelerContract {
    @Override
    protected InstructionLabeler labeler(LanguageModel model) {
      return (instruction, seed) -> {
        String reply = reply(model, instruction.text(), seed);
        return reply.equals("hard")
            ? Outcome.kept(labeled(instruction))
            : Outcome.dropped("unreadable label", reply);
      };
    }

    @Override
    protected String readableReply() {
      return "hard";
    }
  }

  @Nested
  class ShufflingSelector extends InstructionSelectorContract {
    @Override
    protected InstructionSelector selector() {
      return (pool, limit, seed) -> {
        Checks.atLeast("limit", limit, 1);
        List<LabeledInstruction> shuffled = new ArrayList<>(pool);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled.subList(0, Math.min(limit, shuffled.size()));
      };
    }
  }

  @Nested
  class TwoAnswersGenerator extends PairGeneratorContract {
    @Override
    protected PairGenerator generator(LanguageModel model) {
      return (labeled, seed) -> {
        Instruction instruction = labeled.instruction();
        String chosen = reply(model, instruction.text(), seed);
        String rejected = reply(model, "Badly, please: " + instruction.text(), seed);
        return chosen.isBlank() || chosen.equals(rejected)
            ? Outcome.dropped("no two answers", chosen)
            : Outcome.kept(
                new LabeledPair(instruction.id(), instruction, chosen, rejected, Map.of()));
      };
    }

    @Override
    protected LanguageModel productiveModel() {
      return ScriptedModel.rambling();
    }
  }

  @Nested
  class BothOrdersAnnotator extends JudgmentAnnotatorContract {
    @Override
    protected JudgmentAnnotator annotator() {
      return (pair, judge, seed) -> {
        List<Trace> traces = new ArrayList<>();
        List<Annotation.Example> examples = new ArrayList<>();
        for (Order order : Order.values()) {
          Trace trace = ask(judge, pair.comparison(Order.AB), order, seed);
          traces.add(trace);
          if (trace.verdict().equals(Verdict.decided(Preference.A))) {
            List<ChatMessage> prompt = List.of(ChatMessage.user(pair.instruction().text()));
            examples.add(
                new Annotation.Example(
                    order, new TrainingExample(pair.id(), prompt, trace.text())));
          }
        }
        return new Annotation(pair.id(), traces, examples);
      };
    }
  }

  @Nested
  class FineTunerThatLearnsNothing extends FineTunerContract {
    @Override
    protected FineTuner fineTuner() {
      return (examples, directory, listener) -> {
        Checks.notEmpty("examples", examples);
        for (TrainingExample example : examples) {
          if (example.completion().length() > 1000) {
            throw new InvalidInputException("Example " + example.id() + " is too long");
          }
        }
        write(directory.resolve("adapter_config.json"), "{}");
        write(directory.resolve("adapter_model.safetensors"), "nothing");
        listener.onProgress(new ProgressEvent("fine-tune", 1, 4, 4, Map.of()));
        return new Adapter(directory);
      };
    }

    @Override
    protected TrainingExample tooLong() {
      return new TrainingExample("e9", List.of(ChatMessage.user("Go on.")), "long ".repeat(1000));
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LabeledInstruction labeled(Instruction instruction) {
    return new LabeledInstruction(
        instruction, new InstructionLabels(Category.OTHER, 8, ExpectedLength.ONE_SENTENCE));
  }

  private static String reply(LanguageModel model, String prompt, long seed) {
    GenerationConfig config = GenerationConfig.builder().temperature(1).seed(seed).build();
    return model.generate(List.of(ChatMessage.user(prompt)), config).get(0).text();
  }

  private static Trace ask(LanguageModel model, Comparison comparison, Order order, long seed) {
    Comparison shown = comparison.in(order);
    try {
      String text = reply(model, shown.toString(), seed);
      return new Trace(order, text, read(text, order), Usage.UNKNOWN);
    } catch (JudgeException e) {
      Verdict failed = Verdict.undecided(Verdict.Cause.FAILED);
      return new Trace(order, e.getMessage(), failed, Usage.UNKNOWN);
    }
  }

  private static Verdict read(String text, Order order) {
    if (text.endsWith("[[A]]")) {
      return Verdict.decided(order.apply(Preference.A));
    }
    return text.endsWith("[[B]]")
        ? Verdict.decided(order.apply(Preference.B))
        : Verdict.undecided(Verdict.Cause.UNPARSABLE);
  }
}
