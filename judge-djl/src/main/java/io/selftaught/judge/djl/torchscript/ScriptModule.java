package io.selftaught.judge.djl.torchscript;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * An object of a TorchScript class, with its state in native memory.
 *
 * <p>Not safe for use by several threads at once. Results belong to this module's manager unless
 * the caller moves or closes them.
 */
public final class ScriptModule implements AutoCloseable {

  private final PtNDManager manager;
  private final PtSymbolBlock block;

  private ScriptModule(PtNDManager manager, PtSymbolBlock block) {
    this.manager = manager;
    this.block = block;
  }

  /**
   * Makes an object with empty attributes.
   *
   * @param module the resource, without suffix, that holds a class of the same name, capitalised
   * @param files the further resources that it uses
   */
  public static ScriptModule load(Device device, String module, String... files) {
    PtNDManager manager = (PtNDManager) NDManager.newBaseManager(device, "PyTorch");
    byte[] archive = ScriptArchive.of(module, files);
    try {
      JniUtils.setGraphExecutorOptimize(false);
      PtSymbolBlock block =
          JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
      return new ScriptModule(manager, block);
    } catch (IOException e) {
      manager.close();
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the manager that owns this module's results. */
  public NDManager manager() {
    return manager;
  }

  /** Runs a method that returns a tensor, without autograd; the arguments are closed. */
  public NDArray run(String method, IValue... arguments) {
    try (IValue result = invoke(method, arguments)) {
      return result.toTensor(manager);
    }
  }

  /** Runs a method that returns nothing, without autograd; the arguments are closed. */
  public void call(String method, IValue... arguments) {
    invoke(method, arguments).close();
  }

  private IValue invoke(String method, IValue... arguments) {
    // The profiling executor compiles again for each new shape, and the switch is one of the
    // thread.
    JniUtils.setGraphExecutorOptimize(false);
    try {
      return IValueUtils.runMethod(block, method, arguments);
    } finally {
      for (IValue argument : arguments) {
        argument.close();
      }
    }
  }

  /**
   * Runs a method outside of inference mode, so that the tensors it makes may take part in
   * autograd.
   *
   * @param arguments in order; arrays named {@code "x[]"} form one list, {@code "x.key"} one
   *     dictionary
   * @return the tensor that the method returns
   */
  public NDArray runWithAutograd(String method, List<NDArray> arguments) {
    JniUtils.setGraphExecutorOptimize(false);
    try (NDManager scope = manager.newSubManager()) {
      NDArray name = scope.create(0f);
      name.setName("module_method:" + method);
      NDList list = new NDList(arguments);
      list.add(name);
      NDArray result = IValueUtils.forward(block, list, true).singletonOrThrow();
      result.attach(manager);
      return result;
    }
  }

  /** Wraps a tensor as an argument. */
  public static IValue tensor(NDArray array) {
    return IValue.from((PtNDArray) array);
  }

  @Override
  public void close() {
    block.close();
    manager.close();
  }
}
