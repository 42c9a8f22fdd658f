package io.selftaught.judge.djl.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.el.TruthyTypeConverter;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.loader.ResourceNotFoundException;
import com.hubspot.jinjava.objects.date.StrftimeFormatter;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jinjava.de.odysseus.el.ExpressionFactoryImpl;
import jinjava.de.odysseus.el.tree.TreeStore;
import jinjava.de.odysseus.el.tree.impl.Builder.Feature;
import jinjava.de.odysseus.el.tree.impl.Cache;
import jinjava.javax.el.ExpressionFactory;

/**
 * Jinjava, made to behave as the Jinja2 that transformers renders chat templates with, and locked
 * down, since a template comes with a download. Thread-safe.
 *
 * <p>Alike: white space around blocks ({@code trim_blocks}, {@code lstrip_blocks}), the precedence
 * of {@code not} and the value of {@code and} ({@link PythonSyntax}), methods of strings and
 * mappings ({@link PythonValues}), loops with a condition, an {@code else} and fresh variables each
 * turn ({@link LoopTag}), {@code raise_exception}, {@code strftime_now}, {@code tojson}.
 *
 * <p>Locked: no Java property or method is reachable, no other template can be included, what is
 * printed is never interpreted again, only tags, filters, tests and functions that Jinja2 has too
 * are allowed, and output, collections, recursion and the number of steps are bounded.
 */
final class Jinja2 extends Jinjava {

  static final Set<String> FUNCTIONS = words("raise_exception strftime_now namespace range");

  private static final Set<String> TAGS =
      words("if elif else for set macro break continue raw generation");
  private static final Set<String> FILTERS =
      words(
          "abs capitalize count d default dictsort first float int join last length list "
              + "lower map max min reject rejectattr replace reverse safe select selectattr sort "
              + "string sum title tojson trim unique upper");
  private static final Set<String> TESTS =
      words(
          "boolean defined divisibleby eq equalto even false float ge gt in integer "
              + "iterable le lower lt mapping ne none number odd sameas sequence string true "
              + "truthy undefined upper");

  private static final long MAX_OUTPUT_CHARS = 16L << 20;
  private static final int MAX_COLLECTION = 100_000;
  private static final int MAX_DEPTH = 50;
  private static final int CACHED_EXPRESSIONS = 1000;

  private final ExpressionFactory expressions =
      new ExpressionFactoryImpl(
          new TreeStore(
              new PythonSyntax(Feature.METHOD_INVOCATIONS, Feature.VARARGS),
              new Cache(CACHED_EXPRESSIONS)),
          new PythonConverter());

  Jinja2() {
    super(config());
    setResourceLocator(
        (name, encoding, interpreter) -> {
          throw new ResourceNotFoundException("a chat template cannot include '" + name + "'");
        });
    registerTag(new LoopTag());
    registerTag(new GenerationTag());
    registerFilter(new TrimFilter());
    registerFilter(new JsonFilter());
    registerFilter(new EndFilter("first", 0));
    registerFilter(new EndFilter("last", -1));
    registerExpTest(new IterableTest("iterable"));
    registerExpTest(new IterableTest("sequence"));
    registerFunction(function("raise_exception", Object.class));
    registerFunction(function("strftime_now", String.class));
  }

  @Override
  public ExpressionFactory getExpressionFactory() {
    return expressions;
  }

  private static JinjavaConfig config() {
    return JinjavaConfig.newBuilder()
        .withLocale(Locale.ENGLISH)
        .withTrimBlocks(true)
        .withLstripBlocks(true)
        .withLegacyOverrides(likePython())
        .withNestedInterpretationEnabled(false)
        .withReadOnlyResolver(true)
        .withElResolver(PythonValues.resolver())
        .withDisabled(disabled())
        .withMaxOutputSize(MAX_OUTPUT_CHARS)
        .withMaxStringLength(MAX_OUTPUT_CHARS)
        .withMaxListSize(MAX_COLLECTION)
        .withMaxMapSize(MAX_COLLECTION)
        .withRangeLimit(MAX_COLLECTION)
        .withMaxRenderDepth(MAX_DEPTH)
        .withEnableRecursiveMacroCalls(true)
        .withMaxMacroRecursionDepth(MAX_DEPTH)
        .withProcessors(
            JinjavaProcessors.newBuilder()
                .withNodePreProcessor((node, run) -> ((TemplateRun) run).step())
                .build())
        .build();
  }

  private static LegacyOverrides likePython() {
    return LegacyOverrides.newBuilder()
        .withEvaluateMapKeys(true)
        .withIterateOverMapKeys(true)
        .withUsePyishObjectMapper(true)
        .withUseSnakeCasePropertyNaming(true)
        .withUseNaturalOperatorPrecedence(true)
        .withParseWhitespaceControlStrictly(true)
        .withAllowAdjacentTextNodes(true)
        .withUseTrimmingForNotesAndExpressions(true)
        .withKeepNullableLoopValues(true)
        .withHandleBackslashInQuotesOnly(true)
        .build();
  }

  /** Everything that jinjava brings along but is not on the lists above. */
  private static Map<Library, Set<String>> disabled() {
    Context context = new Jinjava().getGlobalContext();
    Map<Library, Set<String>> disabled = new EnumMap<>(Library.class);
    disabled.put(Library.TAG, others(context.getAllTags(), TAGS));
    disabled.put(Library.FILTER, others(context.getAllFilters(), FILTERS));
    disabled.put(Library.EXP_TEST, others(context.getAllExpTests(), TESTS));
    disabled.put(Library.FUNCTION, others(context.getAllFunctions(), FUNCTIONS));
    return disabled;
  }

  private static Set<String> others(
      Collection<? extends Importable> registered, Set<String> allowed) {
    return registered.stream()
        .map(Importable::getName)
        .filter(name -> !allowed.contains(name.replaceFirst("^(end|:)", "")))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> words(String text) {
    return Set.of(text.split(" ", -1));
  }

  private static ELFunctionDefinition function(String name, Class<?> parameter) {
    try {
      Method method = Functions.class.getDeclaredMethod(name, parameter);
      method.setAccessible(true);
      return new ELFunctionDefinition("", name, method);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Booleans as Python writes them, where a value is joined to a text. */
  private static final class PythonConverter extends TruthyTypeConverter {

    private static final long serialVersionUID = 1L;

    @Override
    protected String coerceToString(Object value) {
      return value instanceof Boolean truth
          ? PythonValues.printed(truth)
          : super.coerceToString(value);
    }
  }

  /** The functions that transformers adds to Jinja2, under the names that templates call. */
  @SuppressWarnings({"MethodName", "UnusedMethod"})
  private static final class Functions {

    private Functions() {}

    static Object raise_exception(Object message) {
      throw new TemplateRefusal(String.valueOf(message));
    }

    static String strftime_now(String format) {
      TemplateRun run = (TemplateRun) JinjavaInterpreter.getCurrent();
      return StrftimeFormatter.format(
          run.clock().instant().atZone(run.clock().getZone()), format, Locale.ENGLISH);
    }
  }
}
