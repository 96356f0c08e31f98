// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One transaction that a person approves: exactly this request with exactly this body.
///
/// @param method the HTTP method, upper case
/// @param path the normalised path, without a query
/// @param content the digest of the body's bytes
public record Action(AppId app, String method, String path, Sha256 content) {

  /// The digest that binds an approval to the action: SHA-256 over each part, preceded by its
  /// length in four bytes.
  public Sha256 digest() {
    var out = new ByteArrayOutputStream();
    write(out, "vigil-action-v1".getBytes(StandardCharsets.UTF_8));
    write(out, app.value().getBytes(StandardCharsets.UTF_8));
    write(out, method.getBytes(StandardCharsets.UTF_8));
    write(out, path.getBytes(StandardCharsets.UTF_8));
    write(out, content.bytes());
    return Sha256.of(out.toByteArray());
  }

  private static void write(ByteArrayOutputStream out, byte[] part) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    out.writeBytes(part);
  }
}
