package io.selftaught.judge.djl.text;

import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.util.ForLoop;
import com.hubspot.jinjava.util.LengthLimitingStringBuilder;
import com.hubspot.jinjava.util.ObjectIterator;
import com.hubspot.jinjava.util.ObjectTruthValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The loop of Jinja2: {@code for x, y in items if condition}, with an {@code else} for no items,
 * and variables set in a turn forgotten after it. Jinjava's own would take the condition for a part
 * of the expression and render the {@code else} in each turn, both without a word.
 */
final class LoopTag implements Tag {

  private static final long serialVersionUID = 1L;
  private static final Pattern HEAD =
      Pattern.compile("\\s*\\(?\\s*(\\w+(?:\\s*,\\s*\\w+)*)\\s*\\)?\\s+in\\s+(.*)", Pattern.DOTALL);

  @Override
  public String getName() {
    return "for";
  }

  @Override
  public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
    Head head = head(tag);
    Object collection = interpreter.resolveELExpression(head.items(), tag.getLineNumber());
    List<@Nullable Object> items = new ArrayList<>();
    for (ForLoop all = ObjectIterator.getLoop(collection); all.hasNext(); ) {
      Object item = interpreter.wrap(all.next());
      if (head.condition().isEmpty() || holds(head, item, tag, interpreter)) {
        items.add(item);
      }
    }
    return render(tag, interpreter, head, items);
  }

  /** The parts of {@code variables in items if condition}; no condition is an empty one. */
  private record Head(List<String> variables, String items, String condition) {}

  private static Head head(TagNode tag) {
    Matcher matcher = HEAD.matcher(tag.getHelpers());
    if (!matcher.matches()) {
      throw unsupported(tag, "'for' without 'in'");
    }
    List<String> variables = List.of(matcher.group(1).split("\\s*,\\s*", -1));
    String rest = matcher.group(2).strip();
    if (rest.isEmpty()) {
      throw unsupported(tag, "'for' over nothing");
    }
    if (rest.matches("(?s).*\\srecursive")) {
      throw unsupported(tag, "a recursive loop");
    }
    int condition = topLevelIf(rest);
    return condition < 0
        ? new Head(variables, rest, "")
        : new Head(
            variables,
            rest.substring(0, condition).strip(),
            rest.substring(condition + "if".length()).strip());
  }

  /** Returns where the word {@code if} stands outside quotes and brackets, or -1. */
  private static int topLevelIf(String text) {
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      } else if (depth == 0 && i > 0 && text.startsWith("if", i) && isWord(text, i, i + 2)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isWord(String text, int start, int end) {
    return !Character.isJavaIdentifierPart(text.charAt(start - 1))
        && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)));
  }

  private static boolean holds(
      Head head, @Nullable Object item, TagNode tag, JinjavaInterpreter interpreter) {
    interpreter.enterScope();
    try {
      assign(head, item, tag, interpreter);
      return ObjectTruthValue.evaluate(
          interpreter.resolveELExpression(head.condition(), tag.getLineNumber()));
    } finally {
      interpreter.leaveScope();
    }
  }

  private static String render(
      TagNode tag, JinjavaInterpreter interpreter, Head head, List<@Nullable Object> items) {
    List<Node> body = new ArrayList<>(tag.getChildren());
    List<Node> otherwise = List.of();
    for (int i = 0; i < body.size(); i++) {
      if (body.get(i) instanceof TagNode child && child.getName().equals("else")) {
        otherwise = body.subList(i + 1, body.size());
        body = body.subList(0, i);
      }
    }
    var output = new LengthLimitingStringBuilder(interpreter.getConfig().getMaxOutputSize());
    Loop loop = new Loop(items);
    while (loop.hasNext()) {
      interpreter.enterScope();
      try {
        Object item = loop.next();
        interpreter.getContext().put("loop", loop);
        assign(head, item, tag, interpreter);
        renderAll(body, interpreter, output, loop);
      } finally {
        interpreter.leaveScope();
      }
    }
    if (items.isEmpty()) {
      renderAll(otherwise, interpreter, output, loop);
    }
    return output.toString();
  }

  private static void renderAll(
      List<Node> nodes,
      JinjavaInterpreter interpreter,
      LengthLimitingStringBuilder output,
      ForLoop loop) {
    ((TemplateRun) interpreter).step();
    for (Node node : nodes) {
      output.append(node.render(interpreter).getValue());
      if (loop.isContinued()) {
        return;
      }
    }
  }

  private static void assign(
      Head head, @Nullable Object item, TagNode tag, JinjavaInterpreter interpreter) {
    if (head.variables().size() == 1) {
      interpreter.getContext().put(head.variables().get(0), item);
      return;
    }
    List<?> parts =
        item instanceof Map.Entry<?, ?> entry
            ? Arrays.asList(entry.getKey(), entry.getValue())
            : item instanceof List<?> list ? list : List.of();
    if (parts.size() != head.variables().size()) {
      throw unsupported(tag, "%d variables for one item".formatted(head.variables().size()));
    }
    for (int i = 0; i < parts.size(); i++) {
      interpreter.getContext().put(head.variables().get(i), interpreter.wrap(parts.get(i)));
    }
  }

  private static InterpretException unsupported(TagNode tag, String what) {
    return new InterpretException(
        "%s is not supported: {%% for %s %%}".formatted(what, tag.getHelpers().strip()),
        tag.getLineNumber(),
        tag.getStartPosition());
  }

  /** A loop that knows its neighbours; {@code break} and {@code continue} find it by its type. */
  static final class Loop extends ForLoop {

    private final List<@Nullable Object> items;

    Loop(List<@Nullable Object> items) {
      super(items.iterator(), items.size());
      this.items = items;
    }

    /** Returns the item before this one, undefined at the first. */
    @Nullable Object previous() {
      return getIndex0() > 0 ? items.get(getIndex0() - 1) : null;
    }

    /** Returns the item behind this one, undefined at the last. */
    @Nullable Object following() {
      return getIndex0() + 1 < items.size() ? items.get(getIndex0() + 1) : null;
    }
  }
}
