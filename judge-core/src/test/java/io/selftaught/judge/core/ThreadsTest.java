package io.selftaught.judge.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadsTest {

  private static final boolean VIRTUAL = Runtime.version().feature() >= 21;

  @Test
  void factory_makesVirtualThreadsWhereThereAreSome_elseNamedDaemons() throws Exception {
    Thread thread = Threads.factory("judge").newThread(() -> {});

    assertThat(thread.isDaemon()).isTrue();
    if (VIRTUAL) {
      assertThat(Thread.class.getMethod("isVirtual").invoke(thread)).isEqualTo(true);
    } else {
      assertThat(thread.getName()).isEqualTo("judge-1");
    }
  }
}
