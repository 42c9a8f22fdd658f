package io.selftaught.judge.djl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.selftaught.judge.djl.torchscript.HostMemory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tensors that are trained, with the two moments that Adam keeps of each. All fp32 and changed in
 * place.
 *
 * <p>Owns the moments, not the tensors.
 */
final class TrainedTensors implements AutoCloseable {

  static final String PARAMETER = "parameter.";
  private static final String FIRST = "first.";
  private static final String SECOND = "second.";

  private final NDManager manager;
  private final List<NDArray> parameters;
  private final List<NDArray> first;
  private final List<NDArray> second;

  /** Makes the moments of tensors that are there. */
  TrainedTensors(List<NDArray> parameters, TensorSource source) {
    this.parameters = List.copyOf(parameters);
    manager = NDManager.newBaseManager(parameters.get(0).getDevice(), "PyTorch");
    first = moments(FIRST, source);
    second = moments(SECOND, source);
  }

  private List<NDArray> moments(String dictionary, TensorSource source) {
    return parameters.stream()
        .map(
            parameter -> {
              String name = dictionary + key(parameter);
              NDArray moment =
                  HostMemory.create(
                      manager,
                      parameter.getShape(),
                      bytes -> source.fill(name, parameter.getShape(), bytes));
              moment.setName(name);
              return moment;
            })
        .toList();
  }

  /** Returns the name within the dictionary that the name of an array begins with. */
  static String key(NDArray array) {
    return array.getName().substring(array.getName().indexOf('.') + 1);
  }

  /** Returns the first moments as the dictionary argument {@code first}. */
  List<NDArray> first() {
    return first;
  }

  /** Returns the second moments as the dictionary argument {@code second}. */
  List<NDArray> second() {
    return second;
  }

  /** Returns all tensors: {@code parameter.KEY}, {@code first.KEY} and {@code second.KEY}. */
  Map<String, NDArray> byName() {
    Map<String, NDArray> all = new LinkedHashMap<>();
    parameters.forEach(parameter -> all.put(PARAMETER + key(parameter), parameter));
    first.forEach(moment -> all.put(moment.getName(), moment));
    second.forEach(moment -> all.put(moment.getName(), moment));
    return all;
  }

  @Override
  public void close() {
    manager.close();
  }
}
