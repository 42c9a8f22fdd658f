package io.selftaught.judge.djl.weights;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.GgufValue.Numbers;
import io.selftaught.judge.djl.weights.GgufValue.Text;
import io.selftaught.judge.djl.weights.GgufValue.Texts;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The key-value pairs in the header of a GGUF file. Immutable, and independent of the file once it
 * has been opened.
 *
 * <p>The getters throw {@link InvalidInputException}, which names the file and the key, if the key
 * is absent (unless they take a fallback) or its value is of another type. Any width of integer is
 * an integer; an integer is also a real number.
 */
public final class GgufMetadata {

  private final Path path;
  private final Map<String, GgufValue> values;

  GgufMetadata(Path path, Map<String, GgufValue> values) {
    this.path = path;
    this.values = Collections.unmodifiableMap(values);
  }

  /** Returns all keys, in the order of the file. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** Returns whether there is such a key. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** Returns a string. */
  public String string(String key) {
    if (value(key) instanceof Text text) {
      return text.value();
    }
    throw wrongType(key, "a string");
  }

  /** Returns a string, or {@code fallback} if the key is absent. */
  public String string(String key, String fallback) {
    return has(key) ? string(key) : fallback;
  }

  /** Returns an integer. */
  public long integer(String key) {
    return integerAt(key, number(key, "an integer", GgufType::isInteger), 0);
  }

  /** Returns an integer, or {@code fallback} if the key is absent. */
  public long integer(String key, long fallback) {
    return has(key) ? integer(key) : fallback;
  }

  /** Returns a real number. */
  public double real(String key) {
    Numbers number = number(key, "a real number", type -> type.isReal() || type.isInteger());
    return number.type().isReal()
        ? number.type().realAt(number.values(), 0)
        : integerAt(key, number, 0);
  }

  /** Returns a real number, or {@code fallback} if the key is absent. */
  public double real(String key, double fallback) {
    return has(key) ? real(key) : fallback;
  }

  /** Returns a flag. */
  public boolean flag(String key) {
    Numbers number = number(key, "a flag", GgufType.BOOL::equals);
    return number.type().integerAt(number.values(), 0) != 0;
  }

  /** Returns a flag, or {@code fallback} if the key is absent. */
  public boolean flag(String key, boolean fallback) {
    return has(key) ? flag(key) : fallback;
  }

  /** Returns an array of strings. */
  public List<String> strings(String key) {
    if (value(key) instanceof Texts texts) {
      return texts.values();
    }
    throw wrongType(key, "an array of strings");
  }

  /** Returns an array of integers, each of which must fit an {@code int}. */
  public int[] integers(String key) {
    Numbers numbers = array(key, "an array of integers", GgufType::isInteger);
    int[] result = new int[numbers.count()];
    for (int i = 0; i < result.length; i++) {
      long value = integerAt(key, numbers, i);
      if (value != (int) value) {
        throw invalid(key, "holds %d, beyond 32 bits".formatted(value));
      }
      result[i] = (int) value;
    }
    return result;
  }

  /** Returns an array of real numbers, in single precision. */
  public float[] reals(String key) {
    Numbers numbers = array(key, "an array of real numbers", GgufType::isReal);
    float[] result = new float[numbers.count()];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) numbers.type().realAt(numbers.values(), i);
    }
    return result;
  }

  /** Returns the file that the metadata is of. */
  public Path path() {
    return path;
  }

  @Override
  public String toString() {
    return "%d keys of %s".formatted(values.size(), path);
  }

  private GgufValue value(String key) {
    GgufValue value = values.get(key);
    if (value == null) {
      throw new InvalidInputException(
          "%s: key %s is missing; convert the model again with a recent converter"
              .formatted(path, key));
    }
    return value;
  }

  private Numbers number(String key, String wanted, Predicate<GgufType> type) {
    if (value(key) instanceof Numbers numbers && !numbers.array() && type.test(numbers.type())) {
      return numbers;
    }
    throw wrongType(key, wanted);
  }

  private Numbers array(String key, String wanted, Predicate<GgufType> type) {
    if (value(key) instanceof Numbers numbers && numbers.array() && type.test(numbers.type())) {
      return numbers;
    }
    throw wrongType(key, wanted);
  }

  private long integerAt(String key, Numbers numbers, int index) {
    long value = numbers.type().integerAt(numbers.values(), index);
    if (value < 0 && numbers.type() == GgufType.U64) {
      throw invalid(key, "holds " + Long.toUnsignedString(value) + ", beyond 63 bits");
    }
    return value;
  }

  private InvalidInputException wrongType(String key, String wanted) {
    return invalid(key, "should be %s but is %s".formatted(wanted, value(key).describe()));
  }

  private InvalidInputException invalid(String key, String problem) {
    return new InvalidInputException(
        "%s: key %s %s; convert the model again".formatted(path, key, problem));
  }
}
