package io.selftaught.judge.djl.text;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a loop could run over a value: also over a text or a mapping, unlike in jinjava. */
final class IterableTest implements ExpTest {

  private final String name;

  IterableTest(String name) {
    this.name = name;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean evaluate(
      @Nullable Object value, JinjavaInterpreter interpreter, Object... arguments) {
    return value instanceof String || value instanceof Iterable || value instanceof Map;
  }
}
