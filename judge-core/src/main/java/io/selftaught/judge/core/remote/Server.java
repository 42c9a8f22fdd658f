package io.selftaught.judge.core.remote;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The kinds of server whose additions to the common protocol are known. */
public enum Server {
  /** vLLM: forced choices, and continues the model's own last message. */
  VLLM("vllm"),
  /** SGLang: forced choices, and continues the model's own last message. */
  SGLANG("sglang"),
  /** The server of llama.cpp: forced choices; continues such a message without being told. */
  LLAMA_CPP("llamacpp"),
  /**
   * OpenAI's own: like {@link #OTHER}, but the token limit is called {@code max_completion_tokens},
   * since its reasoning models know no other name. Never guessed from a list of models, where
   * others pretend to be it.
   */
  OPENAI("-"),
  /**
   * Anything else: nothing but the common protocol. It is up to the server whether the model's own
   * last message is continued or followed by a new one.
   */
  OTHER("");

  private final String owner;

  Server(String owner) {
    this.owner = owner;
  }

  /** Returns the kind that a server's list of models gives away by naming the owner. */
  static Server of(JsonRecord models) {
    try {
      Set<String> owners =
          models.records("data").stream()
              .flatMap(model -> model.optionalText("owned_by").stream())
              .collect(Collectors.toSet());
      return Arrays.stream(values())
          .filter(server -> owners.contains(server.owner))
          .findFirst()
          .orElse(OTHER);
    } catch (InvalidInputException e) {
      return OTHER; // a list in another shape is nobody's that is known
    }
  }

  String maxTokensField() {
    return this == OPENAI ? "max_completion_tokens" : "max_tokens";
  }

  /** Adds what limits the answer to the choices. */
  void limit(JsonRecord.Builder body, List<String> choices) {
    switch (this) {
      case VLLM ->
          // The first name is the older one, gone since 0.12; a version ignores what it doesn't
          // know.
          body.putTexts("guided_choice", choices)
              .put("structured_outputs", JsonRecord.builder().putTexts("choice", choices).build());
      case SGLANG -> body.put("regex", alternatives(choices, Server::escapeRegex, "(", "|", ")"));
      case LLAMA_CPP ->
          body.put("grammar", alternatives(choices, Server::quoteGbnf, "root ::= ", " | ", ""));
      case OPENAI, OTHER -> {
        // The answer is free and only compared with the choices afterwards.
      }
    }
  }

  /** Adds what makes the server go on with the last message. */
  void continueLast(JsonRecord.Builder body) {
    if (this == VLLM || this == SGLANG) {
      body.put("continue_final_message", true).put("add_generation_prompt", false);
    }
  }

  private static String alternatives(
      List<String> choices,
      UnaryOperator<String> quote,
      String prefix,
      String separator,
      String suffix) {
    return choices.stream().map(quote).collect(Collectors.joining(separator, prefix, suffix));
  }

  private static String escapeRegex(String text) {
    return text.replaceAll("[\\\\^$.|?*+()\\[\\]{}]", "\\\\$0");
  }

  private static String quoteGbnf(String text) {
    return "\""
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
        + "\"";
  }
}
