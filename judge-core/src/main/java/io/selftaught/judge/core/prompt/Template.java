package io.selftaught.judge.core.prompt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with placeholders such as {@code {answer}}.
 *
 * <p>All placeholders are filled in one pass over the template, so a placeholder that stands inside
 * a value stays what it is. Braces that do not enclose a name are ordinary text. Immutable.
 */
public final class Template {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)\\}");

  private final String text;

  /** Literals and names in turn: the template begins and ends with a literal, maybe empty. */
  private final List<String> parts;

  private final Set<String> names;

  private Template(String text) {
    this.text = text;
    List<String> found = new ArrayList<>();
    Set<String> distinct = new LinkedHashSet<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    int end = 0;
    while (matcher.find()) {
      found.add(text.substring(end, matcher.start()));
      found.add(matcher.group(1));
      distinct.add(matcher.group(1));
      end = matcher.end();
    }
    found.add(text.substring(end));
    parts = List.copyOf(found);
    names = Collections.unmodifiableSet(distinct);
  }

  /** Returns the template that {@code text} describes. */
  public static Template of(String text) {
    return new Template(text);
  }

  /** Returns the names of the placeholders, in order of appearance. */
  public Set<String> names() {
    return names;
  }

  /**
   * Returns this template.
   *
   * @throws IllegalArgumentException if its placeholders are not exactly these
   */
  public Template requireNames(String... required) {
    if (!names.equals(Set.of(required))) {
      throw new IllegalArgumentException(
          "The template must have the placeholders " + List.of(required) + ", has " + names);
    }
    return this;
  }

  /**
   * Returns the text with every placeholder replaced by its value.
   *
   * @throws IllegalArgumentException if a placeholder has no value, or a value no placeholder
   */
  public String fill(Map<String, String> values) {
    checkNames(values.keySet());
    StringBuilder filled = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      filled.append(i % 2 == 0 ? part : values.get(part));
    }
    return filled.toString();
  }

  private void checkNames(Set<String> given) {
    for (String name : names) {
      if (!given.contains(name)) {
        throw new IllegalArgumentException(
            "No value for the placeholder {" + name + "}; there are values for " + given);
      }
    }
    for (String name : given) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "The template has no placeholder {" + name + "}; it has " + names);
      }
    }
  }

  /** Returns the template as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
