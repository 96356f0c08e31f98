// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/// Watches the memory for objects while something runs: the most that was left after any
/// collection.
final class Heap implements AutoCloseable {

  private static final int TIMES = 3;

  private final AtomicLong most = new AtomicLong();
  private final NotificationListener listener = (notification, _) -> collected(notification);
  private final List<NotificationEmitter> emitters =
      ManagementFactory.getGarbageCollectorMXBeans().stream()
          .filter(NotificationEmitter.class::isInstance)
          .map(NotificationEmitter.class::cast)
          .toList();

  private Heap() {}

  /// What is still needed, in bytes.
  static long live() {
    for (int i = 0; i < TIMES; i++) System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  static double mebibytes(long bytes) {
    return bytes / (1024.0 * 1024);
  }

  static Heap watch() {
    var heap = new Heap();
    heap.emitters.forEach(one -> one.addNotificationListener(heap.listener, null, null));
    return heap;
  }

  private void collected(Notification notification) {
    if (!notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) return;
    var heapPools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .toList();
    var after =
        GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
            .getGcInfo()
            .getMemoryUsageAfterGc();
    long used = 0;
    for (var pool : after.entrySet())
      if (heapPools.contains(pool.getKey())) used += pool.getValue().getUsed();
    most.accumulateAndGet(used, Math::max);
  }

  /// In bytes, garbage that survived included; 0 if nothing was collected.
  long most() {
    return most.get();
  }

  @Override
  public void close() {
    for (var emitter : emitters) {
      try {
        emitter.removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException("it was added", e);
      }
    }
  }
}
