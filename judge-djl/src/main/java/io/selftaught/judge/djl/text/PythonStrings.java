package io.selftaught.judge.djl.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import jinjava.javax.el.ELException;
import org.jspecify.annotations.Nullable;

/** The methods of Python's {@code str} that chat templates call. */
final class PythonStrings {

  private PythonStrings() {}

  /**
   * Calls a method.
   *
   * @throws ELException if there is no such method here with so many arguments of such types
   */
  static Object call(String self, String method, Object... arguments) {
    return switch (method + "/" + arguments.length) {
      case "strip/0" -> strip(self);
      case "lstrip/0" -> lstrip(self, PythonStrings::isSpace);
      case "rstrip/0" -> rstrip(self);
      case "strip/1" -> rstrip(lstrip(self, in(arguments[0])), in(arguments[0]));
      case "lstrip/1" -> lstrip(self, in(arguments[0]));
      case "rstrip/1" -> rstrip(self, in(arguments[0]));
      case "split/0" -> words(self);
      case "split/1" -> split(self, text(arguments[0]), Integer.MAX_VALUE);
      case "split/2" -> split(self, text(arguments[0]), limit(arguments[1]));
      case "rsplit/2" -> rsplit(self, text(arguments[0]), limit(arguments[1]));
      case "splitlines/0" -> self.lines().toList();
      case "startswith/1" -> matches(arguments[0], self::startsWith);
      case "endswith/1" -> matches(arguments[0], self::endsWith);
      case "replace/2" -> self.replace(text(arguments[0]), text(arguments[1]));
      case "removeprefix/1" -> removePrefix(self, text(arguments[0]));
      case "removesuffix/1" -> removeSuffix(self, text(arguments[0]));
      case "find/1" -> codePoints(self, self.indexOf(text(arguments[0])));
      case "rfind/1" -> codePoints(self, self.lastIndexOf(text(arguments[0])));
      case "count/1" -> split(self, text(arguments[0]), Integer.MAX_VALUE).size() - 1;
      case "join/1" -> join(self, arguments[0]);
      case "upper/0" -> self.toUpperCase(Locale.ROOT);
      case "lower/0" -> self.toLowerCase(Locale.ROOT);
      case "capitalize/0" -> capitalize(self);
      case "__reversed__/0" -> new StringBuilder(self).reverse().toString();
      default ->
          throw new ELException(
              "method %s() of a string with %d arguments is not supported"
                  .formatted(method, arguments.length));
    };
  }

  static String strip(String self) {
    return rstrip(lstrip(self, PythonStrings::isSpace));
  }

  static String rstrip(String self) {
    return rstrip(self, PythonStrings::isSpace);
  }

  /** Returns the character at an index, from the end if negative, or null for no such index. */
  static @Nullable String charAt(String self, String index) {
    if (!index.matches("-?\\d{1,9}")) {
      return null;
    }
    int[] codePoints = self.codePoints().toArray();
    int i = Integer.parseInt(index);
    i = i < 0 ? i + codePoints.length : i;
    return i >= 0 && i < codePoints.length ? Character.toString(codePoints[i]) : null;
  }

  /** What Python's {@code str.isspace} says: Java's two notions together, and next line. */
  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  private static IntPredicate in(Object characters) {
    String set = text(characters);
    return c -> set.indexOf(c) >= 0;
  }

  private static String lstrip(String self, IntPredicate dropped) {
    int start = 0;
    while (start < self.length() && dropped.test(self.codePointAt(start))) {
      start += Character.charCount(self.codePointAt(start));
    }
    return self.substring(start);
  }

  private static String rstrip(String self, IntPredicate dropped) {
    int end = self.length();
    while (end > 0 && dropped.test(self.codePointBefore(end))) {
      end -= Character.charCount(self.codePointBefore(end));
    }
    return self.substring(0, end);
  }

  private static List<String> words(String self) {
    List<String> words = new ArrayList<>();
    String rest = lstrip(self, PythonStrings::isSpace);
    while (!rest.isEmpty()) {
      String word = rest;
      int end = 0;
      while (end < word.length() && !isSpace(word.codePointAt(end))) {
        end += Character.charCount(word.codePointAt(end));
      }
      words.add(word.substring(0, end));
      rest = lstrip(word.substring(end), PythonStrings::isSpace);
    }
    return words;
  }

  private static List<String> split(String self, String separator, int limit) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int at = self.indexOf(checked(separator));
        at >= 0 && parts.size() < limit;
        at = self.indexOf(separator, start)) {
      parts.add(self.substring(start, at));
      start = at + separator.length();
    }
    parts.add(self.substring(start));
    return parts;
  }

  private static List<String> rsplit(String self, String separator, int limit) {
    List<String> parts = new ArrayList<>();
    String rest = self;
    for (int at = rest.lastIndexOf(checked(separator));
        at >= 0 && parts.size() < limit;
        at = rest.lastIndexOf(separator)) {
      parts.add(0, rest.substring(at + separator.length()));
      rest = rest.substring(0, at);
    }
    parts.add(0, rest);
    return parts;
  }

  private static String checked(String separator) {
    if (separator.isEmpty()) {
      throw new ELException("split by an empty separator");
    }
    return separator;
  }

  /** One text, or a tuple of which any may match. */
  private static boolean matches(Object argument, Predicate<String> test) {
    return argument instanceof Iterable<?> any
        ? StreamSupport.stream(any.spliterator(), false).anyMatch(each -> test.test(text(each)))
        : test.test(text(argument));
  }

  private static String join(String separator, Object parts) {
    if (!(parts instanceof Iterable<?> items)) {
      throw new ELException("not a list: " + parts);
    }
    return StreamSupport.stream(items.spliterator(), false)
        .map(PythonStrings::text)
        .collect(Collectors.joining(separator));
  }

  private static String removePrefix(String self, String prefix) {
    return self.startsWith(prefix) ? self.substring(prefix.length()) : self;
  }

  private static String removeSuffix(String self, String suffix) {
    return self.endsWith(suffix) ? self.substring(0, self.length() - suffix.length()) : self;
  }

  private static String capitalize(String self) {
    int first = self.isEmpty() ? 0 : Character.charCount(self.codePointAt(0));
    return self.substring(0, first).toUpperCase(Locale.ROOT)
        + self.substring(first).toLowerCase(Locale.ROOT);
  }

  /** Python counts code points where Java counts UTF-16 units. */
  private static int codePoints(String self, int index) {
    return index < 0 ? index : self.codePointCount(0, index);
  }

  private static int limit(Object value) {
    if (!(value instanceof Number number)) {
      throw new ELException("not a number: " + value);
    }
    return number.intValue() < 0 ? Integer.MAX_VALUE : number.intValue();
  }

  private static String text(@Nullable Object value) {
    if (!(value instanceof String text)) {
      throw new ELException("not a string: " + value);
    }
    return text;
  }
}
