// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.policy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What one decision costs other engines on the same ten applicable rules, and no others.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Peers {

  /// The folder with the jars and classes of the peers that are not on our class path.
  static final String FOLDER = "vigil.bench.peers";

  private static final int PHONES = 64;

  /// A peer and requests that come round again.
  @State(Scope.Benchmark)
  public static class Asked {

    @Param("cel_java")
    public String peer = "";

    private Peer engine = new CelJava();
    private int next;

    @Setup
    public void prepare() throws Exception {
      engine = find(peer);
      engine.prepare(requests(Situation.ALLOWED));
      for (int i = 0; i < PHONES; i++)
        if (!engine.allows(i)) throw new IllegalStateException(peer + " denies an allowed request");
      for (var situation : Situation.values()) expectDenied(situation);
    }

    /// An engine that allows everything would be fast.
    private void expectDenied(Situation situation) throws Exception {
      if (situation == Situation.ALLOWED) return;
      var other = find(peer);
      other.prepare(requests(situation));
      if (other.allows(0))
        throw new IllegalStateException(peer + " allows one that is " + situation);
    }

    private static List<Map<String, Object>> requests(Situation situation) {
      return IntStream.range(0, PHONES)
          .mapToObj(i -> PlainFacts.of(Phones.request(i, situation)))
          .toList();
    }

    boolean decide() throws Exception {
      return engine.allows(next++ & PHONES - 1);
    }
  }

  @Benchmark
  public boolean peer(Asked phones) throws Exception {
    return phones.decide();
  }

  static Peer find(String name) throws IOException {
    if (name.equals("cel_java")) return new CelJava();
    return all(Path.of(System.getProperty(FOLDER, ""))).stream()
        .filter(peer -> peer.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no engine is called " + name));
  }

  /// The peers in a folder: its jars and the classes beside them.
  static List<Peer> all(Path folder) throws IOException {
    var urls = new ArrayList<URL>();
    urls.add(folder.resolve("classes").toUri().toURL());
    try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
      for (var jar : jars) urls.add(jar.toUri().toURL());
    }
    var loader = new URLClassLoader(urls.toArray(URL[]::new), Peer.class.getClassLoader());
    return ServiceLoader.load(Peer.class, loader).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
