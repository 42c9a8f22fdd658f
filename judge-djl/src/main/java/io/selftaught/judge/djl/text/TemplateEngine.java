package io.selftaught.judge.djl.text;

import com.hubspot.jinjava.interpret.TemplateError;
import io.selftaught.judge.InvalidInputException;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders chat templates with {@link Jinja2} and turns whatever goes wrong into a refusal.
 *
 * <p>Jinjava collects errors and goes on. Here any of them, even a warning, refuses the template: a
 * prompt with a hole in it would only show as a poor judge.
 */
final class TemplateEngine {

  private static final Jinja2 JINJA = new Jinja2();

  private TemplateEngine() {}

  /**
   * Renders a template.
   *
   * @param origin the file that the template is of, for messages
   * @throws InvalidInputException if the template refuses its input, has an error, uses what is not
   *     supported, or exceeds a limit
   */
  static String render(String template, Map<String, Object> variables, Clock clock, String origin) {
    TemplateRun run = new TemplateRun(JINJA, variables, clock);
    try {
      String output = run.render(withoutLastLineBreak(template));
      if (run.getErrorsCopy().isEmpty()) {
        return output;
      }
    } catch (RuntimeException | StackOverflowError e) {
      if (run.getErrorsCopy().isEmpty()) {
        throw refused(origin, String.valueOf(e.getMessage()), e);
      }
    }
    throw refused(origin, run.getErrorsCopy().get(0));
  }

  /** Jinja2 drops one line break at the end of a template, not of what is rendered. */
  private static String withoutLastLineBreak(String template) {
    return template.endsWith("\n") ? template.substring(0, template.length() - 1) : template;
  }

  private static InvalidInputException refused(String origin, TemplateError error) {
    for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
      if (cause instanceof TemplateRefusal) {
        return new InvalidInputException(
            "%s: the chat template refuses the conversation: %s"
                .formatted(origin, cause.getMessage()),
            cause);
      }
    }
    String field = error.getFieldName() == null ? "" : " in `" + error.getFieldName() + "`";
    String what = "line %d%s: %s".formatted(error.getLineno(), field, error.getMessage().strip());
    return refused(origin, what, error.getException());
  }

  private static InvalidInputException refused(
      String origin, String what, @Nullable Throwable cause) {
    String firstLine = what.lines().findFirst().orElse("");
    String message = "%s: the chat template cannot be rendered: %s".formatted(origin, firstLine);
    return cause == null
        ? new InvalidInputException(message)
        : new InvalidInputException(message, cause);
  }
}
