package io.selftaught.judge.djl.text;

import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import jinjava.javax.el.ELException;
import org.jspecify.annotations.Nullable;

/** One rendering: its variables, its clock and how many steps it has taken. */
final class TemplateRun extends JinjavaInterpreter {

  private static final int MAX_STEPS = 200_000;

  private final Clock clock;
  private int steps;

  TemplateRun(Jinja2 jinja, Map<String, Object> variables, Clock clock) {
    super(jinja, new StrictContext(jinja, variables), jinja.getGlobalConfig());
    this.clock = clock;
  }

  Clock clock() {
    return clock;
  }

  /**
   * Counts a step, so that nested loops end in this lifetime. There is none after an error, at
   * which jinjava by itself would only leave a hole in the output.
   */
  void step() {
    if (!getErrorsCopy().isEmpty()) {
      throw new IllegalStateException("an error before");
    }
    if (++steps > MAX_STEPS) {
      throw new IllegalStateException("more than %d steps".formatted(MAX_STEPS));
    }
  }

  /** What a value is printed as; jinjava would print control characters as escapes. */
  @Override
  public String getAsString(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof String text) {
      return text;
    }
    return value instanceof Boolean truth ? PythonValues.printed(truth) : super.getAsString(value);
  }

  /** The outermost scope; jinjava takes an unknown filter or test for one that does nothing. */
  private static final class StrictContext extends Context {

    StrictContext(Jinja2 jinja, Map<String, Object> variables) {
      super(
          jinja.getGlobalContextCopy(),
          withFunctions(variables),
          jinja.getGlobalConfig().getDisabled());
    }

    /** Templates ask whether a function is defined; jinjava looks among the variables only. */
    private static Map<String, Object> withFunctions(Map<String, Object> variables) {
      Map<String, Object> all = new HashMap<>(variables);
      Jinja2.FUNCTIONS.forEach(name -> all.putIfAbsent(name, true));
      return all;
    }

    @Override
    public Filter getFilter(String name) {
      Filter filter = super.getFilter(name);
      if (filter == null) {
        throw new ELException("filter '%s' is not supported".formatted(name));
      }
      return filter;
    }

    @Override
    public ExpTest getExpTest(String name) {
      ExpTest test = super.getExpTest(name);
      if (test == null) {
        throw new ELException("test 'is %s' is not supported".formatted(name));
      }
      return test;
    }
  }
}
