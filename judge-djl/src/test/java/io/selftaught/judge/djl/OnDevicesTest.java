package io.selftaught.judge.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnDevicesTest {

  private static final List<Device> THREE = List.of(Device.gpu(0), Device.gpu(1), Device.gpu(2));

  private final List<Integer> closed = new ArrayList<>();

  @Test
  void open_all_givesOneOfEach() {
    assertThat(OnDevices.open(THREE, i -> i * 10, closed::add)).containsExactly(0, 10, 20);
    assertThat(closed).isEmpty();
  }

  @Test
  void open_oneRefuses_closesThoseBeforeItAndNamesItsDevice() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> open(THREE, new InvalidInputException("too large")))
        .withMessage("Replica 3 of 3, on gpu(2): too large");
    assertThat(closed).containsExactly(0, 1);
  }

  @Test
  void open_engineFails_isAModelExceptionWithTheDeviceAndTheCause() {
    IllegalStateException cause = new IllegalStateException("out of memory");
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> open(THREE, cause))
        .withMessage("Replica 3 of 3, on gpu(2): out of memory")
        .withCause(cause);
  }

  @Test
  void open_onlyDeviceFails_isTheErrorItself() {
    InvalidInputException cause = new InvalidInputException("too large");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> open(List.of(Device.cpu()), cause))
        .isSameAs(cause);
  }

  private void open(List<Device> devices, RuntimeException failure) {
    OnDevices.open(
        devices,
        i -> {
          if (i == devices.size() - 1) {
            throw failure;
          }
          return i;
        },
        closed::add);
  }
}
