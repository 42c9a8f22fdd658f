package io.selftaught.judge.djl;

import ai.djl.Device;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Opens one thing on each of several devices, all or none. */
final class OnDevices {

  private OnDevices() {}

  /**
   * Opens in order. If one fails, those before it are closed and the error names its device, unless
   * there is no other.
   *
   * @param opener is given the index of a device
   */
  static <T> List<T> open(List<Device> devices, IntFunction<T> opener, Consumer<T> closer) {
    List<T> opened = new ArrayList<>();
    for (int i = 0; i < devices.size(); i++) {
      try {
        opened.add(opener.apply(i));
      } catch (RuntimeException e) {
        opened.forEach(closer);
        throw devices.size() == 1 ? e : named(e, devices, i);
      }
    }
    return List.copyOf(opened);
  }

  private static RuntimeException named(RuntimeException e, List<Device> devices, int i) {
    String message =
        "Replica %d of %d, on %s: %s"
            .formatted(i + 1, devices.size(), devices.get(i), e.getMessage());
    return e instanceof InvalidInputException
        ? new InvalidInputException(message, e)
        : new ModelException(message, e);
  }
}
