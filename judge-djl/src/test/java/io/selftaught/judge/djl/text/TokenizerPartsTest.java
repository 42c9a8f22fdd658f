package io.selftaught.judge.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each of the refused ones ended, or could end, the virtual machine. */
class TokenizerPartsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "normalizer":{"type":"Precompiled","precompiled_charsmap":"AAAA"} | 'Precompiled'
          "normalizer":{"precompiled_charsmap":"AAAA"}                      | a normalizer of type ''
          "normalizer":{"type":"Sequence","normalizers":[{"type":"Nmt"}]}   | 'Nmt'
          "decoder":{"type":"Strip","content":"a","start":0,"stop":5}       | strips the end
          "decoder":{"type":"CTC"}                                          | a decoder of type 'CTC'
          "pre_tokenizer":{"type":"Split","pattern":{"Regex":"(a+)+b"}}     | "(a+)+b"
          "model":{"type":"Unigram"}                                        | type is 'Unigram'
          "model":{"continuing_subword_prefix":"##"}                        | prefix is '##'
          "model":{"dropout":0.5}                                           | dropout is '0.5'
          "model":{"vocab":[]}                                              | BEGIN_OBJECT
          """)
  void read_whatTheLibraryMayNotBear_isRefusedByName(String member, String message) {
    assertThatThrownBy(() -> TokenizerJson.read("{" + member + "}", "t.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("t.json: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"normalizer\":null,\"model\":{\"dropout\":null,\"end_of_word_suffix\":\"\"}",
        "\"decoder\":{\"type\":\"Strip\",\"content\":\" \",\"start\":1,\"stop\":0}",
        "\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"String\":\"(a+)+b\"}}"
      })
  void read_whatTokenizersAreMadeOf_isTaken(String member) {
    assertThatCode(() -> TokenizerJson.read("{" + member + "}", "t.json"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+",
        "(a*b)*",
        "((a|b+))+",
        "(?:a{2,3}c){2,}",
        "(?<n>a+)+b",
        "(a)\\1",
        "\\g<0>",
        "((a+)b)*",
        "(\\p{L}+)+",
        "([)]+)+",
        "(?i:a+)*"
      })
  void isRisky_repeatedRepetition_isSo(String regex) {
    assertThat(new RepetitionScan(regex).isRisky()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}",
        "[\\p{Lu}\\p{Lt}]*[\\p{Ll}\\p{Lm}]+(?i:'s|'t)?|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "(?:\\r?\\n)+",
        "(a+)?b",
        "[(a+)+]",
        "\\(a+\\)+",
        "[[:alpha:](+]+",
        "",
        "\\",
        "(",
        ")",
        "[",
        "\\p{"
      })
  void isRisky_whatTokenizersUse_isNot(String regex) {
    assertThat(new RepetitionScan(regex).isRisky()).isFalse();
  }
}
