package io.selftaught.judge.springboot;

import static java.util.Objects.requireNonNull;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The gate over HTTP. */
@RestController
final class GateController {

  private final AnswerGate gate;

  GateController(AnswerGate gate) {
    this.gate = requireNonNull(gate, "gate");
  }

  @PostMapping("/gate")
  AnswerGate.Decision gate(@RequestBody Question question) {
    return gate.decide(question.prompt(), question.candidate(), question.trusted());
  }

  /** Which of two answers to give. What is missing is a bad request. */
  record Question(String prompt, String candidate, String trusted) {
    Question {
      if (requireNonNull(prompt, "prompt").isBlank()) {
        throw new IllegalArgumentException("prompt must not be blank");
      }
      requireNonNull(candidate, "candidate");
      requireNonNull(trusted, "trusted");
    }
  }
}
