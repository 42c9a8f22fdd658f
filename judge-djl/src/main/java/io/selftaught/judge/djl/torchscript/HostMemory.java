package io.selftaught.judge.djl.torchscript;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** Moves fp32 numbers between arrays and the host, wherever the arrays are. */
public final class HostMemory {

  private HostMemory() {}

  /** Returns the bytes of an array: on the CPU its own memory, else a copy. Not to be changed. */
  public static ByteBuffer bytes(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder());
  }

  /**
   * Returns a new fp32 array.
   *
   * @param manager owns the array and says where it is
   * @param writer fills the buffer, in the byte order of the machine
   */
  public static NDArray create(NDManager manager, Shape shape, Consumer<ByteBuffer> writer) {
    if (manager.getDevice().equals(Device.cpu())) {
      NDArray array = manager.zeros(shape, DataType.FLOAT32);
      writer.accept(bytes(array));
      return array;
    }
    try (NDManager host = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray array = create(host, shape, writer).toDevice(manager.getDevice(), true);
      array.attach(manager);
      return array;
    }
  }
}
