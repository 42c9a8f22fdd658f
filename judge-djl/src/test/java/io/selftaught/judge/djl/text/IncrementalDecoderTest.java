package io.selftaught.judge.djl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IncrementalDecoderTest {

  // Shared by all tries; its few kilobytes stay until the JVM ends.
  private static final ChatTokenizer TOKENIZER =
      ChatTokenizer.fromDirectory(Path.of("src/test/resources/reference/tiny-llama"));

  /** Most tokens of this model are single bytes, so most sequences are no UTF-8. */
  @Property
  void push_anyIds_togetherGiveTheWholeText(
      @ForAll @Size(max = 60) int @IntRange(max = 300) [] ids) {
    IncrementalDecoder decoder = TOKENIZER.decoder();
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append(decoder.push(id));
    }
    assertThat(text.append(decoder.finish())).hasToString(TOKENIZER.decode(ids));
  }

  /** Two of three tokens are only added. */
  @Property
  void push_afterTokensThatWereAdded_givesTheirTextToo(
      @ForAll @Size(max = 60) int @IntRange(max = 300) [] ids) {
    IncrementalDecoder decoder = TOKENIZER.decoder();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ids.length; i++) {
      if (i % 3 == 2) {
        text.append(decoder.push(ids[i]));
      } else {
        decoder.add(ids[i]);
      }
    }
    assertThat(text.append(decoder.finish())).hasToString(TOKENIZER.decode(ids));
  }

  @Property
  void push_anyText_neverGivesHalfACharacter(@ForAll String text) {
    String clean = text.replace("\uFFFD", "").replaceAll("\\p{Cs}", "");
    IncrementalDecoder decoder = TOKENIZER.decoder();
    StringBuilder all = new StringBuilder();
    for (int id : TOKENIZER.encodeText(clean)) {
      String piece = decoder.push(id);
      assertThat(piece).doesNotContain("\uFFFD");
      all.append(piece);
    }
    assertThat(decoder.finish()).isEmpty();
    assertThat(all).hasToString(clean);
  }

  @Test
  void finish_characterCutShort_givesTheReplacementCharacter() {
    int[] smile = TOKENIZER.encodeText("🙂");
    IncrementalDecoder decoder = TOKENIZER.decoder();
    assertThat(decoder.push(smile[0])).isEmpty();
    assertThat(decoder.push(smile[1])).isEmpty();
    assertThat(decoder.finish()).isEqualTo("\uFFFD");
  }
}
