// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Changes;
import dev.vigil.admission.device.Authorities;
import dev.vigil.admission.device.CertificateStatuses;
import dev.vigil.admission.device.EnrolmentRules;
import dev.vigil.admission.device.Grants;
import dev.vigil.admission.device.Renewal;
import dev.vigil.api.est.EstRoutes;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Route;
import dev.vigil.api.pki.PkiRoutes;
import dev.vigil.api.scep.PkiOperation;
import dev.vigil.api.scep.ScepRoutes;
import dev.vigil.keys.KeyRing;
import dev.vigil.keys.ScepKey;
import dev.vigil.pki.StatusPoints;
import dev.vigil.server.Foundation.Machine;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Certificates for devices without the SDK, and what outside verifiers ask of certificates, put
/// together.
final class PkiFaces {

  /// How long certificates of devices without the SDK live: nobody renews them every day.
  static final Duration LIFETIME = Duration.ofDays(30);

  private final Changes changes;
  private final KeyRing keys;
  private final Authorities authorities;
  private final Doors doors;
  private final Machine machine;
  private final EnrolmentRules rules;
  private final EstRoutes est;

  /// @param origin where outside verifiers ask for the status of certificates
  /// @param rules who may enrol what
  PkiFaces(Foundation foundation, URI origin, Machine machine, Doors doors, EnrolmentRules rules) {
    this.rules = rules;
    this.changes = foundation.changes();
    this.keys = foundation.keys();
    this.authorities = branch -> keys.authority(branch).telling(StatusPoints.under(origin, branch));
    this.doors = doors;
    this.machine = machine;
    this.est =
        new EstRoutes(
            doors,
            grants(),
            renewal(),
            new EstRoutes.Published(authorities, keys.rootCertificate()));
  }

  /// The intermediates, whose certificates say where their status is told.
  Authorities authorities() {
    return authorities;
  }

  /// Who may enrol what, whichever way.
  EnrolmentRules rules() {
    return rules;
  }

  /// For the port of everybody.
  List<Route<?>> issuer() {
    return Stream.of(
            est.routes(),
            scep(),
            new PkiRoutes(doors, new CertificateStatuses(changes), authorities, machine.time())
                .routes())
        .flatMap(List::stream)
        .toList();
  }

  /// For the port that asks for a client certificate.
  List<Route<?>> mutualTls() {
    return est.mutualTls();
  }

  private List<Route<?>> scep() {
    var key = new ScepKey(keys, machine.entropy());
    var useCases = new PkiOperation.UseCases(grants(), renewal(), new CertificateStatuses(changes));
    var operation =
        new PkiOperation(
            useCases,
            authorities,
            key,
            new PkiOperation.Machine(machine.time(), machine.entropy()));
    return new ScepRoutes(
            doors, operation, new ScepRoutes.Published(key, authorities, keys.rootCertificate()))
        .routes();
  }

  private Grants grants() {
    return new Grants(changes, authorities, LIFETIME, rules);
  }

  private Renewal renewal() {
    return new Renewal(changes, authorities, LIFETIME);
  }
}
