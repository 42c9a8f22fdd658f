package io.selftaught.judge.djl.text;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;

/** Marks what the assistant wrote, for training; renders as what is within. */
final class GenerationTag implements Tag {

  private static final long serialVersionUID = 1L;

  @Override
  public String getName() {
    return "generation";
  }

  @Override
  public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
    StringBuilder output = new StringBuilder();
    for (Node child : tag.getChildren()) {
      output.append(child.render(interpreter).getValue());
    }
    return output.toString();
  }
}
