// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The query of the redirect binding (SAML Bindings section 3.4): compressed, and signed over the
/// very characters that were sent.
final class RedirectQuery {

  private static final Set<String> KNOWN =
      Set.of("SAMLRequest", "SAMLResponse", "RelayState", "SAMLEncoding", "SigAlg", "Signature");

  private final Map<String, String> raw;

  private RedirectQuery(Map<String, String> raw) {
    this.raw = raw;
  }

  /// The parameters as sent. What comes twice, or is none of the binding's, is refused: two readers
  /// could read two things.
  static Outcome<RedirectQuery> read(String query) {
    var raw = new LinkedHashMap<String, String>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!KNOWN.contains(name))
        return Outcome.refused(
            SamlRefusal.ENCODING, "the query has a parameter of no SAML binding");
      if (raw.put(name, equals < 0 ? "" : pair.substring(equals + 1)) != null)
        return Outcome.refused(SamlRefusal.ENCODING, "a parameter came twice");
    }
    return Outcome.done(new RedirectQuery(raw));
  }

  /// The decoded value of a parameter.
  Optional<String> value(String name) {
    return Optional.ofNullable(raw.get(name))
        .map(text -> URLDecoder.decode(text, StandardCharsets.UTF_8));
  }

  /// What the signature is over: `SAMLRequest=...&RelayState=...&SigAlg=...` as sent.
  byte[] signed(String parameter) {
    var content = new StringBuilder(parameter).append('=').append(raw.getOrDefault(parameter, ""));
    if (raw.containsKey("RelayState")) content.append("&RelayState=").append(raw.get("RelayState"));
    content.append("&SigAlg=").append(raw.getOrDefault("SigAlg", ""));
    return content.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Decompresses at most so much: a small bomb stays small.
  static Outcome<Bytes> inflated(byte[] compressed) {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(compressed);
      var out = new ByteArrayOutputStream();
      byte[] part = new byte[4096];
      while (!inflater.finished()) {
        int count = inflater.inflate(part);
        if (count == 0) return Outcome.refused(SamlRefusal.ENCODING);
        out.write(part, 0, count);
        if (out.size() > SafeXml.LONGEST_MESSAGE) return Outcome.refused(SamlRefusal.TOO_LARGE);
      }
      return Outcome.done(Bytes.of(out.toByteArray()));
    } catch (DataFormatException e) {
      return Outcome.refused(SamlRefusal.ENCODING);
    } finally {
      inflater.end();
    }
  }

  private static String deflated(byte[] content) {
    var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(content);
      deflater.finish();
      var out = new ByteArrayOutputStream();
      byte[] part = new byte[4096];
      while (!deflater.finished()) out.write(part, 0, deflater.deflate(part));
      return Base64.getEncoder().encodeToString(out.toByteArray());
    } finally {
      deflater.end();
    }
  }

  /// The signed query that carries a message of ours.
  static String of(
      String parameter, String message, Optional<String> relayState, SamlSigner signer) {
    var query =
        new StringBuilder(parameter)
            .append('=')
            .append(encoded(deflated(message.getBytes(StandardCharsets.UTF_8))));
    relayState.ifPresent(state -> query.append("&RelayState=").append(encoded(state)));
    query.append("&SigAlg=").append(encoded(Uris.RSA_SHA256));
    var signature = signer.sign(Bytes.of(query.toString().getBytes(StandardCharsets.UTF_8)));
    return query
        .append("&Signature=")
        .append(encoded(Base64.getEncoder().encodeToString(signature.toArray())))
        .toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
