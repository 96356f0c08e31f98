// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports of the loopback address for servers that must know theirs before they listen. They lie
/// below the range from which connections get theirs by themselves, so that no connection takes one
/// in between.
public final class FreePort {

  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;
  private static final AtomicInteger TRIED =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

  private FreePort() {}

  /// A port that is free now; another one each time.
  public static int next() {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + Math.floorMod(TRIED.getAndIncrement(), COUNT);
      if (free(port)) return port;
    }
    throw new IllegalStateException("no port from " + FIRST + " on is free");
  }

  private static boolean free(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
