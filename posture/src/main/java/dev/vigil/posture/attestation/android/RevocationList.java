// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.attestation.AttestationRefusal;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The attestation keys that the vendor took back, as it publishes them at
/// <https://android.googleapis.com/attestation/status>: certificate serial numbers with a status.
///
/// Serial numbers are lower-case hexadecimal; older entries are decimal. One of digits only is
/// taken as both. Every entry refuses: `REVOKED`, `SUSPENDED`, and what may be added later.
public final class RevocationList {

  /// The largest list that is read, in bytes; the vendor's has less than a tenth.
  public static final int LARGEST = 8 * 1024 * 1024;

  private static final Pattern SERIAL = Pattern.compile("[0-9a-f]{1,64}");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]+");
  private static final Pattern STATUS = Pattern.compile("[A-Z_]{1,32}");
  private static final int HEXADECIMAL = 16;

  private final Set<BigInteger> serials;
  private final Instant expires;

  private RevocationList(Set<BigInteger> serials, Instant expires) {
    this.serials = Set.copyOf(serials);
    this.expires = expires;
  }

  /// The list, if it is one as a whole; an entry that is not understood makes it none.
  ///
  /// @param fetched when the vendor was asked
  /// @param goodFor how long after that it is believed
  public static Outcome<RevocationList> parse(Bytes json, Instant fetched, Duration goodFor) {
    if (json.size() > LARGEST) return unreadable("it is larger than is read");
    try {
      var text = Asn1.utf8(json);
      var entries = JSONObjectUtils.getJSONObject(JSONObjectUtils.parse(text), "entries");
      if (entries == null) return unreadable("it has no entries");
      var serials = new HashSet<BigInteger>();
      for (var entry : entries.entrySet()) {
        if (!understood(entry)) return unreadable("an entry is not understood");
        serials.add(new BigInteger(entry.getKey(), HEXADECIMAL));
        if (DECIMAL.matcher(entry.getKey()).matches()) serials.add(new BigInteger(entry.getKey()));
      }
      return Outcome.done(new RevocationList(serials, fetched.plus(goodFor)));
    } catch (ParseException | RuntimeException e) { // whatever is wrong, it is no list
      return unreadable("it is no JSON");
    }
  }

  private static boolean understood(Map.Entry<String, Object> entry) {
    return SERIAL.matcher(entry.getKey()).matches()
        && entry.getValue() instanceof Map<?, ?> what
        && what.get("status") instanceof String status
        && STATUS.matcher(status).matches();
  }

  private static Outcome<RevocationList> unreadable(String why) {
    return Outcome.refused(
        AttestationRefusal.REVOCATION_UNKNOWN, "the vendor's status list cannot be used: " + why);
  }

  /// Whether this list is still believed.
  public boolean countsAt(Instant now) {
    return now.isBefore(expires);
  }

  /// Whether the vendor took this certificate back.
  public boolean names(X509Certificate certificate) {
    return serials.contains(certificate.getSerialNumber());
  }

  /// How many serial numbers it holds; those of digits only count twice.
  public int size() {
    return serials.size();
  }
}
