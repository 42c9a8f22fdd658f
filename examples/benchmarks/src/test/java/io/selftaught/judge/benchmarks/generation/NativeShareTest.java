package io.selftaught.judge.benchmarks.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class NativeShareTest {

  private static Optional<Boolean> at(String type, String method) {
    return NativeShare.inStep(
        new StackTraceElement[] {new StackTraceElement(type, method, "File.java", -2)});
  }

  @Test
  void inStep_tellsNativeStepsFromAllElse() {
    assertThat(at("ai.djl.pytorch.jni.PyTorchLibrary", "moduleRunMethod")).contains(true);
    assertThat(at("ai.djl.pytorch.jni.PyTorchLibrary", "iValueFromTensor")).contains(false);
    assertThat(at("io.selftaught.judge.djl.generate.Sampler", "draw")).contains(false);
  }

  @Test
  void inStep_whileWaiting_isNeither() {
    assertThat(at("java.lang.Object", "wait")).isEmpty();
    assertThat(NativeShare.inStep(new StackTraceElement[0])).isEmpty();
  }

  @Test
  void outside_ofAThreadThatOnlyComputes_isAll() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              while (done.getCount() > 0) {
                Thread.onSpinWait();
              }
            },
            "busy-1");
    thread.start();
    try (NativeShare share = NativeShare.watch("busy-")) {
      for (int i = 0; i < 500 && share.outside().isEmpty(); i++) {
        Thread.sleep(10);
      }
      assertThat(share.outside()).hasValue(1);
    } finally {
      done.countDown();
      thread.join();
    }
  }
}
