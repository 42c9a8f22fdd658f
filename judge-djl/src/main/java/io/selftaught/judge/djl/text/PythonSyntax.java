package io.selftaught.judge.djl.text;

import com.hubspot.jinjava.el.ExtendedSyntaxBuilder;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import java.util.regex.Pattern;
import jinjava.de.odysseus.el.tree.Bindings;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Parser;
import jinjava.de.odysseus.el.tree.impl.Scanner;
import jinjava.de.odysseus.el.tree.impl.ast.AstBinary;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.de.odysseus.el.tree.impl.ast.AstUnary;
import jinjava.javax.el.ELContext;

/**
 * The syntax of expressions where jinjava, which extends that of Java's expression language, would
 * silently give another value than Python.
 */
final class PythonSyntax extends ExtendedSyntaxBuilder {

  private static final long serialVersionUID = 1L;

  private static final Pattern REVERSED = Pattern.compile("\\[\\s*:\\s*:\\s*-\\s*1\\s*]");

  PythonSyntax(Feature... features) {
    super(features);
  }

  @Override
  protected Parser createParser(String expression) {
    // The one slice with a step that templates use; any other is a syntax error.
    String reversed = REVERSED.matcher(expression).replaceAll("." + PythonValues.REVERSED + "()");
    return new PythonParser(this, reversed);
  }

  private static final class PythonParser extends ExtendedParser {

    PythonParser(Builder builder, String expression) {
      super(builder, expression);
    }

    /** {@code and} gives one of its operands, not a boolean, and binds weaker than {@code not}. */
    @Override
    protected AstNode and(boolean required) throws Scanner.ScanException, ParseException {
      AstNode left = not(required);
      while (left != null && getToken().getSymbol() == Scanner.Symbol.AND) {
        consumeToken();
        left = createAstBinary(left, not(true), And.INSTANCE);
      }
      return left;
    }

    /** {@code not a == b} is {@code not (a == b)}; Java's would be {@code (not a) == b}. */
    private AstNode not(boolean required) throws Scanner.ScanException, ParseException {
      if (getToken().getSymbol() == Scanner.Symbol.NOT) {
        consumeToken();
        return createAstUnary(not(true), AstUnary.NOT);
      }
      return eq(required);
    }
  }

  /** Python's {@code and}: the first operand that counts as false, else the last. */
  private static final class And implements AstBinary.Operator {

    static final And INSTANCE = new And();

    @Override
    public Object eval(Bindings bindings, ELContext context, AstNode left, AstNode right) {
      Object value = left.eval(bindings, context);
      return bindings.convert(value, Boolean.class) ? right.eval(bindings, context) : value;
    }

    @Override
    public String toString() {
      return "and";
    }
  }
}
