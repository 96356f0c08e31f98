// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.acme;

import dev.vigil.kernel.Bytes;
import dev.vigil.testkit.SoftwareKey;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.util.function.Function;
import org.shredzone.acme4j.Account;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.TokenChallenge;
import org.shredzone.acme4j.provider.GenericAcmeProvider;
import org.shredzone.acme4j.toolbox.JSON;
import org.shredzone.acme4j.toolbox.JSONBuilder;

/// A phone whose ACME client is acme4j; only the challenge `device-attest-01`, which acme4j does
/// not have, is ours.
final class Acme4jPhone {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final SoftwareKey key = SoftwareKey.generate();
  final Session session;
  final Login login;

  Acme4jPhone(URI directory, KeyPair accountKey) throws Exception {
    this.session = new Session(directory, new WithDeviceAttest());
    this.login =
        new AccountBuilder()
            .agreeToTermsOfService()
            .addEmail("devices@bank.example")
            .useKeyPair(accountKey)
            .createLogin(session);
  }

  Account account() {
    return login.getAccount();
  }

  Order order(String identifier) throws Exception {
    return login.newOrder().identifier(new Identifier("permanent-identifier", identifier)).create();
  }

  /// Answers the order's challenge with what `vouch` makes of its token.
  Status attest(Order order, Function<String, Bytes> vouch) throws Exception {
    var authorization = order.getAuthorizations().getFirst();
    var challenge = authorization.findChallenge(DeviceAttest01.class).orElseThrow();
    challenge.object = vouch.apply(challenge.token());
    challenge.trigger();
    return challenge.waitForCompletion(PATIENCE);
  }

  /// Finalizes with a request for this key.
  void execute(Order order, SoftwareKey csrKey) throws Exception {
    order.execute(csrKey.certificateRequest().toArray());
    order.waitForCompletion(PATIENCE);
  }

  /// The challenge of draft-ietf-acme-device-attest.
  static final class DeviceAttest01 extends TokenChallenge {
    private static final long serialVersionUID = 1L;
    private transient Bytes object = Bytes.of(new byte[0]);

    DeviceAttest01(Login login, JSON data) {
      super(login, data);
    }

    String token() {
      return getToken();
    }

    @Override
    protected void prepareResponse(JSONBuilder response) {
      response.put("attObj", object.toString());
    }

    @Override
    protected boolean acceptable(String type) {
      return "device-attest-01".equals(type);
    }
  }

  private static final class WithDeviceAttest extends GenericAcmeProvider {
    @Override
    public Challenge createChallenge(Login login, JSON data) {
      return "device-attest-01".equals(data.get("type").asString())
          ? new DeviceAttest01(login, data)
          : super.createChallenge(login, data);
    }
  }
}
