package io.selftaught.judge.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads: virtual ones on a JVM that has them, from 21 on, else daemons. */
final class Threads {

  private Threads() {}

  static ThreadFactory factory(String name) {
    try {
      Class<?> builder = Class.forName("java.lang.Thread$Builder");
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      MethodHandle ofVirtual =
          lookup.findStatic(
              Thread.class,
              "ofVirtual",
              MethodType.methodType(Class.forName("java.lang.Thread$Builder$OfVirtual")));
      MethodHandle factory =
          lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
      return (ThreadFactory) factory.invoke(ofVirtual.invoke());
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | UnsupportedOperationException e) {
      // The last: 19 and 20 have virtual threads as a preview, and refuse unless it is on.
      return platform(name);
    } catch (Throwable e) {
      throw new IllegalStateException("The JVM makes no virtual threads", e);
    }
  }

  private static ThreadFactory platform(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
