package io.selftaught.judge.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Serves the gate: {@code POST /gate} with a prompt, a candidate and a trusted answer. */
@SpringBootApplication
class Application {

  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }
}
