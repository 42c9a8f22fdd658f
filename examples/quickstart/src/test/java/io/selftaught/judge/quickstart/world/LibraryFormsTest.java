package io.selftaught.judge.quickstart.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.ChatMessage.Role;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Instruction;
import io.selftaught.judge.LabeledInstruction;
import io.selftaught.judge.LabeledPair;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.core.pairs.ModifiedInstructionPairs;
import io.selftaught.judge.core.select.ModelLabeler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Lets a model that knows its lessons by heart work in the library's stages. */
class LibraryFormsTest {

  private static final World WORLD = World.standard();
  private static final Forms FORMS = Forms.ofLibrary(Forms.judgePrompt());
  private static final Item ITEM = WORLD.draw(Split.TRAINING, new SplittableRandom(1));
  private static final Instruction X = new Instruction("x", ITEM.instruction(), "");

  @Test
  void label_lessonLearntByHeart_isReadByTheLabeler() {
    String lines = LabelLines.of(WORLD.familyOf(ITEM).labels());
    LanguageModel model = byHeart(Lesson.of(Job.LABEL, FORMS.label(X.text()), lines));
    assertThat(ModelLabeler.builder(model).build().label(X, 1).value())
        .contains(new LabeledInstruction(X, WORLD.familyOf(ITEM).labels()));
  }

  @Test
  void related_lessonsLearntByHeart_makeAPair() {
    Item other = WORLD.drawRelated(ITEM, new SplittableRandom(2));
    LanguageModel model =
        byHeart(
            Lesson.of(Job.RELATED, FORMS.related(X.text()), other.instruction()),
            Lesson.of(Job.ANSWER, FORMS.answer(X.text()), ITEM.answer()),
            Lesson.of(Job.ANSWER, FORMS.answer(other.instruction()), other.answer()));
    LabeledPair pair =
        ModifiedInstructionPairs.builder(model)
            .build()
            .generate(new LabeledInstruction(X, WORLD.familyOf(ITEM).labels()), 1)
            .value()
            .orElseThrow();
    assertThat(pair.chosen()).isEqualTo(ITEM.answer());
    assertThat(pair.rejected()).isEqualTo(other.answer());
    assertThat(pair.provenance()).containsValue(other.instruction());
  }

  /** A model that continues exactly the conversations of its lessons. */
  private static LanguageModel byHeart(Lesson... lessons) {
    Map<List<ChatMessage>, String> known = new HashMap<>();
    for (Lesson lesson : lessons) {
      known.put(lesson.prompt(), lesson.completion());
    }
    return (messages, config) -> List.of(Generation.of(continuation(messages, known)));
  }

  private static String continuation(
      List<ChatMessage> messages, Map<List<ChatMessage>, String> known) {
    int end = messages.size() - 1;
    ChatMessage last = messages.get(end);
    if (last.role() != Role.ASSISTANT) {
      return known.getOrDefault(messages, "");
    }
    String whole = known.getOrDefault(messages.subList(0, end), last.content());
    assertThat(whole).startsWith(last.content());
    return whole.substring(last.content().length());
  }
}
