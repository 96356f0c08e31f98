// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Changes;
import dev.vigil.admission.acme.AcmeAccounts;
import dev.vigil.admission.acme.AcmeOrders;
import dev.vigil.admission.acme.AcmeRevocation;
import dev.vigil.admission.acme.AttestationVerifier;
import dev.vigil.admission.administration.People;
import dev.vigil.admission.device.Authorities;
import dev.vigil.admission.device.EnrolmentRules;
import dev.vigil.admission.device.Grants;
import dev.vigil.admission.device.Renewal;
import dev.vigil.api.acme.AcmeAddresses;
import dev.vigil.api.acme.AcmeRoutes;
import dev.vigil.api.administration.DeviceGrantRoutes;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Route;
import dev.vigil.api.signin.Addresses;
import dev.vigil.kernel.Bytes;
import dev.vigil.pki.ClientProfile;
import dev.vigil.server.Foundation.Machine;
import java.util.List;

/// The ACME server, put together.
final class AcmeFaces {

  private final Changes changes;
  private final Authorities authorities;
  private final EnrolmentRules rules;
  private final AcmeAddresses addresses;
  private final Machine machine;
  private final Doors doors;

  /// @param pki the intermediates, and the rules of enrolment
  AcmeFaces(
      Foundation foundation, PkiFaces pki, Addresses addresses, Machine machine, Doors doors) {
    this.changes = foundation.changes();
    this.authorities = pki.authorities();
    this.rules = pki.rules();
    this.addresses = new AcmeAddresses(addresses.issuer());
    this.machine = machine;
    this.doors = doors;
  }

  /// For the listener of phones.
  ///
  /// @param verifier whose word counts for what a device is
  List<Route<?>> issuer(AttestationVerifier verifier) {
    var renewal = new Renewal(changes, authorities, ClientProfile.DEFAULT_LIFETIME);
    var orders = new AcmeOrders(changes, grants(), renewal, verifier);
    var useCases =
        new AcmeRoutes.UseCases(new AcmeAccounts(changes), orders, new AcmeRevocation(changes));
    return new AcmeRoutes(doors, useCases, addresses, machine.time(), machine.entropy()).routes();
  }

  /// Rights and profiles.
  ///
  /// @param anchors the roots that certificates end at, in DER
  List<Route<?>> administration(People people, List<Bytes> anchors) {
    var useCases = new DeviceGrantRoutes.UseCases(people, grants(), machine.entropy());
    var published =
        new DeviceGrantRoutes.Published(addresses.origin(), addresses.directory(), anchors);
    return new DeviceGrantRoutes(doors, useCases, published).routes();
  }

  private Grants grants() {
    return new Grants(changes, authorities, ClientProfile.DEFAULT_LIFETIME, rules);
  }
}
