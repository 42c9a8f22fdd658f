package io.selftaught.judge.djl.text;

import com.hubspot.jinjava.el.ExtendedSyntaxBuilder;
import com.hubspot.jinjava.el.ext.AdditionOperator;
import com.hubspot.jinjava.el.ext.AstNamedParameter;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.el.ext.NamedParameterOperator;
import java.util.regex.Pattern;
import jinjava.de.odysseus.el.misc.TypeConverter;
import jinjava.de.odysseus.el.tree.Bindings;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Parser;
import jinjava.de.odysseus.el.tree.impl.Scanner;
import jinjava.de.odysseus.el.tree.impl.ast.AstBinary;
import jinjava.de.odysseus.el.tree.impl.ast.AstIdentifier;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.de.odysseus.el.tree.impl.ast.AstUnary;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;
import org.jspecify.annotations.Nullable;

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

    /** {@code name=value} takes all of the value; jinjava's takes it up to the next operator. */
    @Override
    protected AstNode expr(boolean required) throws Scanner.ScanException, ParseException {
      if (getToken().getSymbol() == Scanner.Symbol.IDENTIFIER
          && lookahead(0) == NamedParameterOperator.TOKEN) {
        AstIdentifier name = identifier(consumeToken().getImage());
        consumeToken();
        return new AstNamedParameter(name, super.expr(true));
      }
      return super.expr(required);
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

    /** {@code +} joins texts, and refuses a text and something else. */
    @Override
    protected AstBinary createAstBinary(AstNode left, AstNode right, AstBinary.Operator operator) {
      return super.createAstBinary(
          left, right, operator == AdditionOperator.OP ? Plus.INSTANCE : operator);
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

  /** Python's {@code +}; jinjava's writes "null" into a text for what is undefined. */
  private static final class Plus extends AdditionOperator {

    static final Plus INSTANCE = new Plus();

    @Override
    protected Object apply(TypeConverter converter, Object left, Object right) {
      if (left instanceof String != right instanceof String) {
        throw new ELException("cannot join %s + %s".formatted(kind(left), kind(right)));
      }
      return super.apply(converter, left, right);
    }

    private static String kind(@Nullable Object value) {
      return value == null ? "an undefined value" : value instanceof String ? "a text" : "no text";
    }
  }
}
