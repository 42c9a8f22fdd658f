package io.selftaught.judge.djl.text;

import com.google.common.collect.Iterables;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import org.jspecify.annotations.Nullable;

/** The first or the last of a list, or of the characters of a text, which jinjava leaves whole. */
final class EndFilter implements Filter {

  private final String name;
  private final int index;

  EndFilter(String name, int index) {
    this.name = name;
    this.index = index;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public @Nullable Object filter(
      @Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
    if (value instanceof String text) {
      return PythonStrings.charAt(text, String.valueOf(index));
    }
    if (value instanceof Iterable<?> items) {
      return index == 0 ? Iterables.getFirst(items, null) : Iterables.getLast(items, null);
    }
    return null;
  }
}
