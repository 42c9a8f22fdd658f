package io.selftaught.judge.djl.text;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.GgufMetadata;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How text is cut before byte pairs are merged, by the name that GGUF files give it. Regular
 * expressions and flags are those of the {@code tokenizer.json} files of the named models, on which
 * llama.cpp's definitions of the names are based too.
 */
enum PreTokenizer {
  /** Every digit alone, then GPT-2: SmolLM 2, Granite 3 and the code models before them. */
  SMOLLM(Set.of("refact", "starcoder"), "null", Digits.EACH, false),
  /** The tokenizer's own file normalizes to NFC, which llama.cpp leaves out. */
  QWEN2(
      Set.of("deepseek-r1-qwen"),
      "{\"type\":\"NFC\"}",
      split(Words.ANY + "|\\\\p{N}" + Words.REST),
      false),
  /** Llama 3: digits in threes; a word that is a token is taken whole. */
  LLAMA_BPE(
      Set.of("llama3", "llama-v3"), "null", split(Words.ANY + "|\\\\p{N}{1,3}" + Words.REST), true),
  /** The same without the shortcut for whole words: Phi 4, OLMo 2, SmolLM 3. */
  DBRX(Set.of("smaug-bpe"), "null", split(Words.ANY + "|\\\\p{N}{1,3}" + Words.REST), false),
  /** Words end where small letters are followed by a capital; digits in threes: Phi 4 mini. */
  GPT_4O(
      Set.of("llama4"),
      "null",
      split(
          Words.TO_SMALL
              + Words.ENDING
              + "?|"
              + Words.FROM_CAPITAL
              + Words.ENDING
              + "?|\\\\p{N}{1,3}"
              + Words.REST_WITH_SLASHES),
      false),
  /** The same with each digit alone and no English endings: Mistral since Nemo. */
  TEKKEN(
      Set.of(),
      "null",
      split(Words.TO_SMALL + "|" + Words.FROM_CAPITAL + "|\\\\p{N}" + Words.REST_WITH_SLASHES),
      true),
  /** The regular expression of GPT-2, built into the tokenizers library. */
  GPT_2(
      Set.of("olmo"),
      "null",
      """
      {"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}""",
      false);

  /** Parts of the regular expressions, escaped for JSON. */
  private static final class Words {
    static final String ENDING = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    static final String ANY = ENDING + "|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+";
    static final String TO_SMALL =
        "[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?[\\\\p{Lu}\\\\p{Lt}\\\\p{Lm}\\\\p{Lo}\\\\p{M}]*"
            + "[\\\\p{Ll}\\\\p{Lm}\\\\p{Lo}\\\\p{M}]+";
    static final String FROM_CAPITAL =
        "[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?[\\\\p{Lu}\\\\p{Lt}\\\\p{Lm}\\\\p{Lo}\\\\p{M}]+"
            + "[\\\\p{Ll}\\\\p{Lm}\\\\p{Lo}\\\\p{M}]*";
    static final String SPACES = "|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+";
    static final String REST = "| ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*" + SPACES;
    static final String REST_WITH_SLASHES = "| ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n/]*" + SPACES;

    private Words() {}
  }

  /** Digits apart. */
  private static final class Digits {
    static final String EACH =
        """
        {"type":"Sequence","pretokenizers":[\
        {"type":"Digits","individual_digits":true},\
        {"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}]}""";

    private Digits() {}
  }

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable.
  private final Set<String> otherNames;

  private final String normalizer;
  private final String json;
  private final boolean ignoreMerges;

  PreTokenizer(Set<String> otherNames, String normalizer, String json, boolean ignoreMerges) {
    this.otherNames = otherNames;
    this.normalizer = normalizer;
    this.json = json;
    this.ignoreMerges = ignoreMerges;
  }

  static PreTokenizer of(GgufMetadata header, String origin) {
    String name = header.string("tokenizer.ggml.pre");
    for (PreTokenizer pre : values()) {
      if (pre.ggufName().equals(name) || pre.otherNames.contains(name)) {
        return pre;
      }
    }
    throw new InvalidInputException(
        ("%s: tokenizer.ggml.pre '%s' is not known, only %s; "
                + "use the model's Hugging Face directory, which has a tokenizer.json")
            .formatted(
                origin, name, List.of(values()).stream().map(PreTokenizer::ggufName).toList()));
  }

  String normalizer() {
    return normalizer;
  }

  String json() {
    return json;
  }

  boolean ignoreMerges() {
    return ignoreMerges;
  }

  private String ggufName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String split(String regexInJson) {
    return """
        {"type":"Sequence","pretokenizers":[\
        {"type":"Split","pattern":{"Regex":"%s"},"behavior":"Isolated","invert":false},\
        {"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}]}"""
        .formatted(regexInJson);
  }
}
