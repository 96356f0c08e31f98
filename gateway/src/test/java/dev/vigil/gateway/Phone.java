// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.testkit.TestCa;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// A phone that speaks HTTP/1.1 by hand, byte for byte, over the platform's own TLS.
final class Phone implements AutoCloseable {

  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;

  /// What came back.
  record Response(int status, List<String> head, String body) {

    List<String> header(String name) {
      return head.stream()
          .skip(1)
          .filter(l -> l.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(l -> l.substring(name.length() + 1).strip())
          .toList();
    }
  }

  Phone(Scene scene, TestCa.Leaf leaf) throws IOException {
    this(tls(scene, leaf), scene, Scene.HOST);
  }

  Phone(SSLContext tls, Scene scene, String serverName) throws IOException {
    this(
        tls,
        new Socket(scene.gateway.address().getAddress(), scene.gateway.address().getPort()),
        serverName);
  }

  Phone(SSLContext tls, Socket connected, String serverName) throws IOException {
    socket =
        (SSLSocket)
            tls.getSocketFactory().createSocket(connected, serverName, connected.getPort(), true);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    var parameters = socket.getSSLParameters();
    parameters.setServerNames(
        serverName.isEmpty() ? List.of() : List.of(new SNIHostName(serverName)));
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  static SSLContext tls(Scene scene, TestCa.Leaf leaf) {
    try {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry("phone", leaf.key(), new char[0], new Certificate[] {leaf.certificate()});
      var keyManagers = KeyManagerFactory.getInstance("PKIX");
      keyManagers.init(keys, new char[0]);
      var anchors = KeyStore.getInstance("PKCS12");
      anchors.load(null, null);
      anchors.setCertificateEntry("server", scene.serverCa.certificate());
      var trustManagers = TrustManagerFactory.getInstance("PKIX");
      trustManagers.init(anchors);
      var context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform speaks TLS", e);
    }
  }

  SSLSocket socket() {
    return socket;
  }

  InputStream in() {
    return in;
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  Response get(String path) throws IOException {
    return request("GET", path, "");
  }

  Response request(String method, String path, String more) throws IOException {
    send(
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + Scene.HOST
            + "\r\nAuthorization: Bearer "
            + Scene.TOKEN
            + "\r\n"
            + more
            + "\r\n");
    return receive(method);
  }

  Response post(String path, String body) throws IOException {
    send(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: "
            + Scene.HOST
            + "\r\nAuthorization: Bearer "
            + Scene.TOKEN
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
    return receive("POST");
  }

  Response receive(String method) throws IOException {
    var head = Upstream.head(in);
    if (head.isEmpty()) throw new java.io.EOFException("the gateway closed the connection");
    int status = Integer.parseInt(head.getFirst().split(" ")[1]);
    var bare = new Response(status, head, "");
    if (method.equals("HEAD") || status < 200 || status == 204 || status == 304) return bare;
    if (!bare.header("transfer-encoding").isEmpty()) return new Response(status, head, chunked());
    var length = bare.header("content-length");
    return new Response(
        status,
        head,
        new String(in.readNBytes(Integer.parseInt(length.getFirst())), StandardCharsets.UTF_8));
  }

  private String chunked() throws IOException {
    var body = new StringBuilder();
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
      line();
    }
    line();
    return body.toString();
  }

  String line() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) throw new java.io.EOFException("the gateway closed the connection");
      if (b != '\r') line.append((char) b);
    }
    return line.toString();
  }

  /// Whether the gateway has closed the connection, now or soon.
  boolean closed() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
