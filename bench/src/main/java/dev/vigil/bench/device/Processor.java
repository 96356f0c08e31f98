// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// What this process has cost, its compilers and its garbage collection included.
final class Processor {

  private Processor() {}

  /// Processor time so far.
  static double seconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }
}
