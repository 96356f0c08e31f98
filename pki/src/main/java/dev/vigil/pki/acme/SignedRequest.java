// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.acme;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A request as ACME clients sign it (RFC 8555 section 6.2): a flattened JWS with everything in its
/// protected header. Nothing of it counts before [#verify].
public final class SignedRequest {

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.RS256);
  private static final Set<String> MEMBERS = Set.of("protected", "payload", "signature");
  private static final Set<String> HEADERS = Set.of("alg", "jwk", "kid", "nonce", "url");

  private final JWSObject signed;
  private final Signer signer;
  private final String url;

  private SignedRequest(JWSObject signed, Signer signer, String url) {
    this.signed = signed;
    this.signer = signer;
    this.url = url;
  }

  /// By what the client says who it is.
  public sealed interface Signer {

    /// The key itself, of an account to be or of a certificate.
    record Key(AccountKey key) implements Signer {}

    /// The address of its account.
    record Account(String address) implements Signer {}
  }

  /// Reads the content of a request. Refusals are [AcmeRefusal]s.
  public static Outcome<SignedRequest> read(Bytes content) {
    try {
      var members = object(new String(content.toArray(), StandardCharsets.UTF_8));
      if (!members.keySet().equals(MEMBERS)) return Outcome.refused(AcmeRefusal.MALFORMED);
      var header = new Base64URL(text(members, "protected"));
      var named = object(header.decodeToString());
      if (!HEADERS.containsAll(named.keySet())) return Outcome.refused(AcmeRefusal.MALFORMED);
      if (!(named.get("alg") instanceof String name)
          || !ALGORITHMS.contains(new JWSAlgorithm(name)))
        return Outcome.refused(AcmeRefusal.ALGORITHM);
      var signed =
          new JWSObject(
              header,
              new Base64URL(text(members, "payload")),
              new Base64URL(text(members, "signature")));
      return of(signed);
    } catch (ParseException | IllegalArgumentException e) {
      return Outcome.refused(AcmeRefusal.MALFORMED);
    }
  }

  /// @throws ParseException if the text is no JSON object
  static Map<String, Object> object(String text) throws ParseException {
    return Optional.ofNullable(JSONObjectUtils.parse(text))
        .orElseThrow(() -> new ParseException("the JSON is `null`", 0));
  }

  private static String text(Map<String, Object> members, String name) throws ParseException {
    return Optional.ofNullable(JSONObjectUtils.getString(members, name))
        .orElseThrow(() -> new ParseException("`" + name + "` is missing", 0));
  }

  private static Outcome<SignedRequest> of(JWSObject signed) {
    var header = signed.getHeader();
    boolean key = header.getJWK() != null;
    if (key == (header.getKeyID() != null)
        || !(header.getCustomParam("url") instanceof String url)
        || !(header.getCustomParam("nonce") == null
            || header.getCustomParam("nonce") instanceof String))
      return Outcome.refused(AcmeRefusal.MALFORMED);
    Outcome<Signer> signer =
        key
            ? AccountKey.of(header.getJWK()).map(Signer.Key::new)
            : Outcome.done(new Signer.Account(header.getKeyID()));
    return signer.map(one -> new SignedRequest(signed, one, url));
  }

  /// Who signed, as it says itself.
  public Signer signer() {
    return signer;
  }

  /// The address that the request was signed for.
  public String url() {
    return url;
  }

  /// The nonce, if there is one: a key change within another request has none.
  public Optional<String> nonce() {
    JWSHeader header = signed.getHeader();
    return header.getCustomParam("nonce") instanceof String nonce
        ? Optional.of(nonce)
        : Optional.empty();
  }

  /// The payload, if this key signed it; empty for a POST-as-GET.
  public Outcome<Bytes> verify(AccountKey key) {
    return key.verify(signed).map(_ -> Bytes.of(signed.getPayload().toBytes()));
  }
}
