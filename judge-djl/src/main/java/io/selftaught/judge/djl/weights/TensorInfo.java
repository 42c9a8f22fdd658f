package io.selftaught.judge.djl.weights;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a file says of one tensor.
 *
 * @param name the tensor's name
 * @param type what its elements are stored in
 * @param shape its dimensions, outermost first as in PyTorch ([out, in] of a linear layer); empty
 *     for a scalar
 * @param bytes its size in the file
 */
public record TensorInfo(String name, StoredType type, List<Long> shape, long bytes) {

  /** Copies the shape. */
  public TensorInfo {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    shape = List.copyOf(shape);
  }

  /** Returns the same with another name. */
  TensorInfo renamed(String other) {
    return new TensorInfo(other, type, shape, bytes);
  }

  /** Returns the number of elements. */
  public long elements() {
    return rows() * rowLength();
  }

  /** Returns the first dimension; 1 for a scalar. */
  public long rows() {
    return shape.isEmpty() ? 1 : shape.get(0);
  }

  /** Returns the number of elements below one index of the first dimension. */
  public long rowLength() {
    return shape.stream().skip(1).reduce(1L, (a, b) -> a * b);
  }
}
