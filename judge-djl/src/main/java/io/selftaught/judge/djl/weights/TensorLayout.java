package io.selftaught.judge.djl.weights;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Checks that what a header claims of its tensors is possible. */
final class TensorLayout {

  private TensorLayout() {}

  /**
   * Returns the bytes of a tensor of this shape.
   *
   * @throws io.selftaught.judge.InvalidInputException if a dimension is negative or the size in
   *     single precision exceeds a long
   */
  static long bytes(MappedFile file, String name, StoredType type, List<Long> shape) {
    long elements =
        elements(shape)
            .orElseThrow(
                () ->
                    file.invalid(
                        "tensor %s has the impossible shape %s; the file is corrupt"
                            .formatted(name, shape)));
    return elements / type.blockElements() * type.blockBytes();
  }

  /**
   * Returns the number of elements, unless a dimension is negative or the size in single precision
   * exceeds a long: then no later computation of a size in bytes can overflow.
   */
  static OptionalLong elements(List<Long> shape) {
    long elements = 1;
    for (long dimension : shape) {
      if (dimension < 0 || elements > Long.MAX_VALUE / Float.BYTES / Math.max(1, dimension)) {
        return OptionalLong.empty();
      }
      elements *= dimension;
    }
    return OptionalLong.of(elements);
  }

  /**
   * Checks that no two tensors share bytes.
   *
   * @throws io.selftaught.judge.InvalidInputException if two do
   */
  static void checkDisjoint(MappedFile file, Collection<StoredTensor> tensors) {
    List<StoredTensor> sorted =
        tensors.stream().sorted(Comparator.comparingLong(StoredTensor::offset)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      StoredTensor before = sorted.get(i - 1);
      StoredTensor after = sorted.get(i);
      if (before.offset() + before.info().bytes() > after.offset()) {
        throw file.invalid(
            "tensors %s and %s overlap; the file is corrupt"
                .formatted(before.info().name(), after.info().name()));
      }
    }
  }
}
