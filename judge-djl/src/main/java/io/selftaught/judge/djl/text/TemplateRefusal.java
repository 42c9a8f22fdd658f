package io.selftaught.judge.djl.text;

/** The template itself refused its input, by {@code raise_exception}. */
final class TemplateRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TemplateRefusal(String message) {
    super(message);
  }
}
