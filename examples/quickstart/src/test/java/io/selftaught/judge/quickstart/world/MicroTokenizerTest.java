package io.selftaught.judge.quickstart.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.google.gson.JsonParser;
import com.hubspot.jinjava.Jinjava;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicroTokenizerTest {

  private static final Corpus CORPUS = new Corpus(World.standard(), Recipe.standard());
  private static final MicroTokenizer MICRO = MicroTokenizer.learn(lessons(1, 20_000), 1_200);

  @TempDir static Path folder;
  private static HuggingFaceTokenizer loaded;

  @BeforeAll
  static void load() throws IOException {
    MICRO.writeTo(folder);
    loaded =
        HuggingFaceTokenizer.builder()
            .optTokenizerPath(folder.resolve("tokenizer.json"))
            .optAddSpecialTokens(false)
            .optTruncation(false)
            .optPadding(false)
            .build();
  }

  @AfterAll
  static void close() {
    loaded.close();
  }

  @Test
  void encode_newLessons_decodeToTheSameText() {
    lessons(2, 5_000)
        .flatMap(lesson -> lesson.messages().stream())
        .forEach(message -> assertThat(roundTrip(message.content())).isEqualTo(message.content()));
  }

  @Test
  void encode_strangeText_decodesToTheSameText() {
    for (String text :
        List.of(
            "",
            " ",
            "\t\r\n",
            "naïve Käse",
            "日本語",
            "🙂🙂",
            "a  b\n\n c ",
            "\u0000\u00ad",
            "ÀB9x")) {
      assertThat(roundTrip(text)).isEqualTo(text);
    }
  }

  @Test
  void encode_whatTasksWorkOn_isOneTokenEach() {
    assertThat(tokens("2047")).containsExactly("2", "0", "4", "7");
    assertThat(tokens("KBTT")).containsExactly("K", "B", "T", "T");
    assertThat(tokens("17 (A)")).containsExactly("1", "7", "Ġ(A)");
  }

  @Test
  void encode_wordsOfTheWorld_areOneTokenEach() {
    for (String word : Lexicon.WORDS) {
      assertThat(tokens(" " + word)).hasSize(1);
    }
  }

  @Test
  void encode_lessons_fitASmallContext() {
    int longest =
        lessons(3, 5_000).mapToInt(lesson -> tokens(rendered(lesson)).length).max().orElseThrow();
    assertThat(longest).isLessThan(192);
  }

  @Test
  void encode_specialTokens_areOneTokenEach() {
    assertThat(ids("<|endoftext|><|im_start|><|im_end|>")).containsExactly(0, 1, 2);
  }

  @Test
  void learn_sameLessons_givesTheSameFiles() {
    MicroTokenizer again = MicroTokenizer.learn(lessons(1, 20_000), 1_200);
    assertThat(again.tokenizerJson()).isEqualTo(MICRO.tokenizerJson());
    assertThat(again.configJson()).isEqualTo(MICRO.configJson());
  }

  @Test
  void vocabulary_ids_areDenseAndWithinTheLimit() {
    List<Integer> ids =
        JsonParser.parseString(MICRO.tokenizerJson())
            .getAsJsonObject()
            .getAsJsonObject("model")
            .getAsJsonObject("vocab")
            .entrySet()
            .stream()
            .map(entry -> entry.getValue().getAsInt())
            .toList();
    assertThat(ids).hasSize(MICRO.vocabularySize()).hasSizeLessThanOrEqualTo(1_200);
    assertThat(ids).isSorted().doesNotHaveDuplicates().endsWith(MICRO.vocabularySize() - 1);
  }

  @Test
  void learn_noRoomForTheBytes_isRefused() {
    assertThatThrownBy(() -> MicroTokenizer.learn(lessons(1, 10), 258))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("258");
  }

  @Test
  void chatTemplate_conversation_isChatMl() {
    String template =
        JsonParser.parseString(MICRO.configJson())
            .getAsJsonObject()
            .get("chat_template")
            .getAsString();
    Map<String, Object> context =
        Map.of(
            "messages",
            List.of(Map.of("role", "user", "content", "What is 8 + 9?")),
            "add_generation_prompt",
            true);
    assertThat(new Jinjava().render(template, context))
        .isEqualTo("<|im_start|>user What is 8 + 9?<|im_end|>\n<|im_start|>assistant");
  }

  private static String rendered(Lesson lesson) {
    StringBuilder text = new StringBuilder();
    lesson
        .messages()
        .forEach(m -> text.append("<|im_start|>user\n").append(m.content()).append("<|im_end|>\n"));
    return text.toString();
  }

  private static String roundTrip(String text) {
    return loaded.decode(ids(text), false);
  }

  private static long[] ids(String text) {
    return loaded.encode(text, false, false).getIds();
  }

  private static String[] tokens(String text) {
    return loaded.encode(text, false, false).getTokens();
  }

  private static Stream<Lesson> lessons(long seed, int count) {
    return CORPUS.lessons(seed).limit(count);
  }
}
