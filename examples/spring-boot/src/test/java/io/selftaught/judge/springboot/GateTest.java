package io.selftaught.judge.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.ScriptedModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The whole application over HTTP; only the model is scripted. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class GateTest {

  /** A model that knows one thing: the answer with Paris in it is right. */
  @TestConfiguration
  static class Scripted {
    @Bean
    LanguageModel model() {
      return ScriptedModel.of(
          (messages, seed) -> {
            String asked = messages.get(messages.size() - 1).content();
            if (asked.contains("outage")) {
              throw new ModelException("out of order");
            }
            int first = asked.indexOf("=== Answer A");
            int second = asked.indexOf("=== Answer B");
            boolean a = asked.substring(first, second).contains("Paris");
            return "Only one of them is right.\n[[" + (a ? "A" : "B") + "]]";
          });
    }
  }

  @Value("${local.server.port}")
  private int port;

  private HttpResponse<String> post(String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/gate"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static String question(String prompt, String candidate, String trusted) {
    return "{\"prompt\": \"%s\", \"candidate\": \"%s\", \"trusted\": \"%s\"}"
        .formatted(prompt, candidate, trusted);
  }

  @Test
  void gate_candidateIsBetter_isReleased() throws Exception {
    assertThat(post(question("Capital of France?", "Paris.", "Lyon.")).body())
        .contains("\"answer\":\"Paris.\"", "\"released\":true", "\"verdict\":\"A\"")
        .contains("Only one of them is right.");
  }

  @Test
  void gate_candidateIsWorse_isHeldBack() throws Exception {
    assertThat(post(question("Capital of France?", "Lyon.", "Paris.")).body())
        .contains("\"answer\":\"Paris.\"", "\"released\":false", "\"verdict\":\"B\"");
  }

  @Test
  void gate_modelFails_trustedAnswerStays() throws Exception {
    HttpResponse<String> response = post(question("An outage?", "Paris.", "Lyon."));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("\"answer\":\"Lyon.\"", "\"released\":false", "\"verdict\":\"FAILED\"");
  }

  @Test
  void gate_halfAQuestion_isBadRequest() throws Exception {
    assertThat(post("{\"prompt\": \"Capital of France?\"}").statusCode()).isEqualTo(400);
    assertThat(post(question(" ", "Paris.", "Lyon.")).statusCode()).isEqualTo(400);
  }
}
