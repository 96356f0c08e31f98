// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// Run by hand: requests a second and processor time through the gateway, then how fast 200
/// WebSockets are cut.
public final class LoadTool {

  private static final int CONNECTIONS = 64;
  private static final int EACH = 1000;
  private static final int SOCKETS = 200;
  private static final String UPGRADE =
      "Upgrade: websocket\r\n"
          + "Connection: Upgrade\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
          + "Sec-WebSocket-Version: 13\r\n";

  private LoadTool() {}

  public static void main(String[] args) throws Exception {
    try (var scene = new Scene()) {
      var body = "x".repeat(1024);
      scene.upstream.answering(request -> request.respond(body));
      for (int round = 0; round < 4; round++) requests(scene);
      cuts(scene);
    }
  }

  private static void requests(Scene scene) throws Exception {
    var phones = new ArrayList<Phone>();
    for (int i = 0; i < CONNECTIONS; i++) phones.add(scene.phone());
    long cpu = gatewayCpu();
    long start = System.nanoTime();
    var tasks = new ArrayList<Callable<Void>>();
    for (var phone : phones) {
      tasks.add(() -> {
        for (int i = 0; i < EACH; i++)
          if (phone.get("/a").status() != 200) throw new IllegalStateException("refused");
        return null;
      });
    }
    try (var pool = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (var done : pool.invokeAll(tasks)) done.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double spent = (gatewayCpu() - cpu) / 1e9;
    int count = CONNECTIONS * EACH;
    scene.verdicts.clear();
    scene.attempts.clear();
    System.out.printf(
        "%.0f requests/s, gateway threads %.2f CPU s per 10,000%n",
        count / seconds, spent / count * 10_000);
    for (var phone : phones) phone.close();
  }

  private static long gatewayCpu() {
    var threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.dumpAllThreads(false, false))
        .filter(info -> info.getThreadName().startsWith("vigil-gateway"))
        .mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
        .sum();
  }

  private static void cuts(Scene scene) throws Exception {
    scene.upstream.answering(request -> {
      request.send(
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
      request.in().read();
    });
    var phones = new ArrayList<Phone>();
    for (int i = 0; i < SOCKETS; i++) {
      phones.add(scene.phone());
      phones.getLast().request("GET", "/socket", UPGRADE);
    }
    try (var pool = Executors.newFixedThreadPool(SOCKETS)) {
      var ends = new ArrayList<java.util.concurrent.Future<Long>>();
      for (var phone : phones) {
        ends.add(
            pool.submit(() -> {
              phone.in().read();
              return System.nanoTime();
            }));
      }
      long start = System.nanoTime();
      scene.revoke();
      var millis = new ArrayList<Double>();
      for (var end : ends) millis.add((end.get() - start) / 1e6);
      print(millis.stream().sorted().toList());
    }
  }

  private static void print(List<Double> millis) {
    System.out.printf(
        "time to cut %d WebSockets: p50 %.1f ms, p99 %.1f ms%n",
        millis.size(), millis.get(millis.size() / 2), millis.get(millis.size() * 99 / 100));
  }
}
