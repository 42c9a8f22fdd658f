package io.selftaught.judge.djl.text;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import org.jspecify.annotations.Nullable;

/** Strips what Python calls white space; jinjava's own strips all control characters. */
final class TrimFilter implements Filter {

  @Override
  public String getName() {
    return "trim";
  }

  @Override
  public Object filter(
      @Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
    return value == null ? "" : PythonStrings.strip(interpreter.getAsString(value));
  }
}
