package io.selftaught.judge.core.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.ContextLengthException;
import io.selftaught.judge.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextOverflowTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "This model's maximum context length is 4096 tokens. However, you requested 5512 tokens (5000 in the messages, 512 in the completion). Please reduce the length of the messages or completion.",
        "This model's maximum context length is 4096 tokens. However, your messages resulted in 5000 tokens. Please reduce the length of the messages.",
        "This model's maximum context length is 4096 tokens. However, your request has 5000 input tokens. Please reduce the length of the input messages.",
        "The decoder prompt (length 5000) is longer than the maximum model length of 4096. Make sure that `max_model_len` is no smaller than the number of text tokens.",
        "the prompt (total length 5000) is too long to fit into the model (context length 4096)",
        "Requested token count exceeds the model's maximum context length of 4096 tokens. You requested a total of 5100 tokens: 5000 tokens from the input messages and 100 tokens for the completion.",
        "The input (5000 tokens) is longer than the model's context length (4096 tokens).",
        "Requested tokens (5000) exceed context window of 4096",
        "request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it"
      })
  void sentencesOfServers_areRead(String message) {
    assertOverflow(
        "{\"error\":{\"message\":\"%s\",\"code\":400}}".formatted(message.replace("\"", "\\\"")));
    assertOverflow("{\"object\":\"error\",\"message\":\"%s\",\"code\":400}".formatted(message));
  }

  @Test
  void fieldsOfLlamaCpp_areRead() {
    assertOverflow(
        """
        {"error":{"code":400,"message":"the request exceeds the available context size.",
        "type":"exceed_context_size_error","n_prompt_tokens":5000,"n_ctx":4096}}""");
  }

  private static void assertOverflow(String body) {
    for (int status : new int[] {400, 500}) {
      assertThat(exception(status, body))
          .isInstanceOfSatisfying(
              ContextLengthException.class,
              e -> {
                assertThat(e.promptTokens()).isEqualTo(5000);
                assertThat(e.contextTokens()).isEqualTo(4096);
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'max_tokens' or 'max_completion_tokens' is too large: 512. This model's maximum context length is 4096 tokens and your request has 4000 input tokens (512 > 4096 - 4000).",
        "Please reduce the length of the messages: the context is exceeded",
        "This model's maximum context length is 99999999999999 tokens. However, your messages resulted in 999999999999999 tokens."
      })
  void otherSentences_areThoseOfTheServer(String message) {
    assertThat(exception(400, "{\"error\":{\"message\":\"%s\"}}".formatted(message)))
        .isInstanceOf(InvalidInputException.class)
        .isNotInstanceOf(ContextLengthException.class)
        .hasMessageEndingWith("HTTP 400: " + message);
  }

  private static RuntimeException exception(int status, String body) {
    return ErrorReply.of(status, body.getBytes(StandardCharsets.UTF_8))
        .toException(Optional.empty(), Optional.empty());
  }
}
