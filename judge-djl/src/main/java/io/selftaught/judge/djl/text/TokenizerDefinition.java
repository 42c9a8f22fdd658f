package io.selftaught.judge.djl.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a model's files say about its tokenizer, whichever format they have.
 *
 * @param origin the file or directory, for messages
 * @param json the text of a {@code tokenizer.json}
 * @param template the chat template in Jinja, absent for a base model
 * @param namedTokens the tokens that a template knows by name, such as {@code bos_token}
 * @param endTokens the contents of tokens that end a turn or a text
 * @param endIds the ids of such tokens, where the files give ids
 */
record TokenizerDefinition(
    String origin,
    String json,
    Optional<String> template,
    Map<String, String> namedTokens,
    List<String> endTokens,
    Set<Integer> endIds) {

  /** Names that models give to the tokens which end a turn or a text. */
  static final List<String> KNOWN_END_TOKENS =
      List.of(
          "<|im_end|>",
          "<|eot_id|>",
          "<|eom_id|>",
          "<|end|>",
          "<|endoftext|>",
          "<|end_of_text|>",
          "<end_of_turn>",
          "<end_of_utterance>",
          "<|END_OF_TURN_TOKEN|>",
          "<eos>",
          "</s>");

  TokenizerDefinition {
    namedTokens = Map.copyOf(namedTokens);
    endTokens = List.copyOf(endTokens);
    endIds = Set.copyOf(endIds);
  }
}
