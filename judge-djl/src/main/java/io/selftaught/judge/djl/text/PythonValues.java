package io.selftaught.judge.djl.text;

import com.hubspot.jinjava.el.TypeConvertingMapELResolver;
import com.hubspot.jinjava.el.ext.JinjavaListELResolver;
import com.hubspot.jinjava.el.ext.NamedParameter;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.util.ForLoop;
import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * Properties and methods of the values in a template, by a closed list: those of Python's strings,
 * lists and mappings and of Jinja2's loop. Java's reflection is not involved, so nothing else of an
 * object is reachable. An unknown property is undefined, as in Jinja2; an unknown method is an
 * error.
 */
final class PythonValues extends ELResolver {

  /** The method that {@link PythonSyntax} writes for {@code [::-1]}. */
  static final String REVERSED = "__reversed__";

  private PythonValues() {}

  static ELResolver resolver() {
    CompositeELResolver resolver = new CompositeELResolver();
    resolver.add(new JinjavaListELResolver(true));
    resolver.add(new TypeConvertingMapELResolver(true));
    resolver.add(new PythonValues());
    return resolver;
  }

  static String printed(boolean truth) {
    return truth ? "True" : "False";
  }

  @Override
  public @Nullable Object getValue(
      ELContext context, @Nullable Object base, @Nullable Object property) {
    context.setPropertyResolved(true);
    if (base instanceof ForLoop loop) {
      return loopProperty(loop, String.valueOf(property));
    }
    if (base instanceof String string) {
      return PythonStrings.charAt(string, String.valueOf(property));
    }
    return null;
  }

  private static @Nullable Object loopProperty(ForLoop loop, String property) {
    return switch (property) {
      case "index" -> loop.getIndex();
      case "index0" -> loop.getIndex0();
      case "revindex" -> loop.getRevindex();
      case "revindex0" -> loop.getRevindex0();
      case "first" -> loop.isFirst();
      case "last" -> loop.isLast();
      case "length" -> loop.getLength();
      case "previtem" -> ((LoopTag.Loop) loop).previous();
      case "nextitem" -> ((LoopTag.Loop) loop).following();
      default -> throw new ELException("loop.%s is not supported".formatted(property));
    };
  }

  @Override
  public @Nullable Object invoke(
      ELContext context,
      @Nullable Object base,
      Object method,
      Class<?> @Nullable [] types,
      Object @Nullable [] arguments) {
    context.setPropertyResolved(true);
    Object[] given = arguments == null ? new Object[0] : arguments;
    String name = String.valueOf(method);
    if (base instanceof Filter filter && name.equals("filter")) {
      return filtered(filter, given);
    }
    if (base instanceof ExpTest test && name.startsWith("evaluate")) {
      return tested(test, name, given);
    }
    if (Arrays.stream(given).anyMatch(NamedParameter.class::isInstance)) {
      throw new ELException("named arguments of %s() are not supported".formatted(name));
    }
    if (base instanceof String string) {
      return PythonStrings.call(string, name, given);
    }
    if (base instanceof Map<?, ?> map) {
      return mapMethod(map, name, given);
    }
    if (base instanceof List<?> list && name.equals(REVERSED)) {
      List<Object> reversed = new ArrayList<>(list);
      Collections.reverse(reversed);
      return reversed;
    }
    throw new ELException("method %s() is not supported here".formatted(name));
  }

  /** The resolver above puts the arguments as: value, interpreter, positional, named. */
  @SuppressWarnings("unchecked")
  private static @Nullable Object filtered(Filter filter, Object[] given) {
    return filter.filter(
        given[0],
        (JinjavaInterpreter) given[1],
        (Object[]) given[2],
        (Map<String, Object>) given[3]);
  }

  private static Object tested(ExpTest test, String name, Object[] given) {
    JinjavaInterpreter interpreter = (JinjavaInterpreter) given[1];
    Object[] arguments = Arrays.copyOfRange(given, 2, given.length);
    return name.equals("evaluate")
        ? test.evaluate(given[0], interpreter, arguments)
        : test.evaluateNegated(given[0], interpreter, arguments);
  }

  private static @Nullable Object mapMethod(Map<?, ?> map, String name, Object[] given) {
    if (name.equals("get") && (given.length == 1 || given.length == 2)) {
      Object value = map.get(given[0]);
      return value == null && given.length == 2 ? given[1] : value;
    }
    return switch (name + "/" + given.length) {
      case "items/0" -> new ArrayList<>(map.entrySet());
      case "keys/0" -> new ArrayList<>(map.keySet());
      case "values/0" -> new ArrayList<>(map.values());
      default ->
          throw new ELException(
              "method %s() of a mapping with %d arguments is not supported"
                  .formatted(name, given.length));
    };
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {
    throw new ELException("values of a template cannot be changed");
  }

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    return Object.class;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return Object.class;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return Collections.emptyIterator();
  }
}
