// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.acme;

import dev.vigil.admission.acme.AcmeAccounts;
import dev.vigil.admission.acme.AcmeAccounts.Registered;
import dev.vigil.admission.acme.AcmeOrders;
import dev.vigil.admission.acme.AcmeRevocation;
import dev.vigil.api.acme.Envelopes.Opened;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.TimeSource;
import dev.vigil.pki.acme.Account;
import dev.vigil.pki.acme.AccountKey;
import dev.vigil.pki.acme.AcmeRefusal;
import dev.vigil.pki.acme.KeyChange;
import dev.vigil.pki.acme.OrderName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The ACME server's paths. Limits are for each source address, behind which many phones may be.
public final class AcmeRoutes {

  private static final Body SIGNED = new Body("application/jose+json", 64 * 1024);
  private static final Rate RARE = Rate.perMinute(60);
  private static final Rate OFTEN = Rate.perMinute(600);
  private static final int LONGEST_CONTACT = 320;

  private final Doors doors;
  private final UseCases useCases;
  private final AcmeAddresses addresses;
  private final AcmeJson json;
  private final Envelopes envelopes;
  private final TimeSource time;

  public AcmeRoutes(
      Doors doors, UseCases useCases, AcmeAddresses addresses, TimeSource time, Entropy entropy) {
    this.doors = doors;
    this.useCases = useCases;
    this.addresses = addresses;
    this.json = new AcmeJson(addresses);
    this.envelopes = new Envelopes(useCases.accounts(), addresses, time, entropy);
    this.time = time;
  }

  /// What the routes stand on.
  public record UseCases(AcmeAccounts accounts, AcmeOrders orders, AcmeRevocation revocation) {}

  /// For the issuer's HTTPS listener.
  public List<Route<?>> routes() {
    var everyone = doors.everyone();
    return List.of(
        Route.get(AcmeAddresses.DIRECTORY, everyone, (_, _) -> Response.json(200, json.directory()))
            .limited(OFTEN),
        Route.get(AcmeAddresses.NEW_NONCE, everyone, (_, _) -> fresh(Response.noContent()))
            .limited(OFTEN),
        new Route<>(
            "HEAD",
            AcmeAddresses.NEW_NONCE,
            everyone,
            Body.none(),
            (_, _) -> fresh(empty()),
            Optional.of(OFTEN)),
        signed(AcmeAddresses.NEW_ACCOUNT, RARE, this::newAccount),
        signed(AcmeAddresses.ACCOUNT + "{account}", OFTEN, own(this::account)),
        signed(AcmeAddresses.KEY_CHANGE, RARE, own(this::keyChange)),
        signed(AcmeAddresses.NEW_ORDER, RARE, own(this::newOrder)),
        signed(AcmeAddresses.ORDER + "{order}", OFTEN, own(this::order)),
        signed(AcmeAddresses.AUTHORIZATION + "{order}", OFTEN, own(this::authorization)),
        signed(AcmeAddresses.CHALLENGE + "{order}", OFTEN, own(this::challenge)),
        signed(AcmeAddresses.FINALIZE + "{order}", RARE, own(this::finish)),
        signed(AcmeAddresses.CERTIFICATE + "{order}", OFTEN, own(this::certificate)),
        signed(AcmeAddresses.REVOKE, RARE, this::revoke));
  }

  private static Response empty() {
    return new Response.Content(200, "", Bytes.of(new byte[0]), Map.of());
  }

  private Response fresh(Response response) {
    return response
        .with("Replay-Nonce", envelopes.freshNonce())
        .with("Link", link(addresses.at(AcmeAddresses.DIRECTORY), "index"));
  }

  private static String link(String address, String relation) {
    return "<" + address + ">;rel=\"" + relation + "\"";
  }

  private Route<?> signed(String path, Rate rate, Function<Request, Outcome<Response>> handler) {
    return Route.post(
            path,
            doors.acmeClient(),
            SIGNED,
            (request, _) -> answered(request, handler.apply(request)))
        .limited(rate);
  }

  private Response answered(Request request, Outcome<Response> outcome) {
    return switch (outcome) {
      case Outcome.Done<Response>(Response response) -> {
        var fresh = fresh(response);
        var up = response.headers().get("Link");
        yield up == null ? fresh : fresh.with("Link", fresh.headers().get("Link") + ", " + up);
      }
      case Outcome.Refused<Response>(Refusal refusal, String detail) -> {
        doors.refused(request, refusal);
        yield fresh(Response.problem(refusal, detail));
      }
    };
  }

  /// What an account asks for.
  @FunctionalInterface
  private interface Asked {
    Outcome<Response> answer(Request request, Opened.ByAccount by);
  }

  private Function<Request, Outcome<Response>> own(Asked asked) {
    return request -> envelopes.byAccount(request).then(by -> asked.answer(request, by));
  }

  private Outcome<Response> newAccount(Request request) {
    return envelopes
        .byKey(request)
        .then(by ->
            Envelopes.json(by)
                .then(AcmeRoutes::contacts)
                .then(wanted -> registered(by.key(), wanted)));
  }

  /// Nobody is written to, so contacts are looked at and not kept.
  private static Outcome<ObjectNode> contacts(ObjectNode wanted) {
    for (JsonNode contact : wanted.path("contact")) {
      String text = contact.asString("");
      if (!text.startsWith("mailto:") || text.length() > LONGEST_CONTACT)
        return Outcome.refused(AcmeRefusal.CONTACT);
    }
    return Outcome.done(wanted);
  }

  private Outcome<Response> registered(AccountKey key, ObjectNode wanted) {
    if (wanted.path("onlyReturnExisting").asBoolean(false))
      return useCases.accounts().known(key).map(account -> located(200, account));
    return useCases
        .accounts()
        .register(key)
        .map(registered ->
            switch (registered) {
              case Registered.Created(Account account) -> located(201, account);
              case Registered.Found(Account account) -> located(200, account);
            });
  }

  private Response located(int status, Account account) {
    return Response.json(status, json.account(account)).with("Location", addresses.of(account));
  }

  private Outcome<Response> account(Request request, Opened.ByAccount by) {
    if (!by.account().id().equals(request.segment("account")))
      return Outcome.refused(AcmeRefusal.ACCOUNT_OF_ANOTHER);
    if (by.asGet()) return Outcome.done(located(200, by.account()));
    return Envelopes.json(by)
        .then(AcmeRoutes::contacts)
        .then(wanted ->
            switch (wanted.path("status").asString("valid")) {
              case "valid" -> Outcome.done(by.account());
              case "deactivated" -> useCases.accounts().deactivate(by.account());
              default -> Outcome.refused(AcmeRefusal.MALFORMED);
            })
        .map(account -> located(200, account));
  }

  private Outcome<Response> keyChange(Request request, Opened.ByAccount by) {
    var change =
        new KeyChange(addresses.at(request.path()), addresses.of(by.account()), by.account().key());
    return change
        .accept(by.payload())
        .then(key -> useCases.accounts().changeKey(by.account(), key))
        .map(account -> located(200, account));
  }

  private Outcome<Response> newOrder(Request request, Opened.ByAccount by) {
    return Envelopes.json(by)
        .then(AcmeRoutes::identifier)
        .then(identifier -> useCases.orders().place(by.account(), identifier))
        .map(shown -> shown(201, shown));
  }

  private static Outcome<String> identifier(ObjectNode wanted) {
    if (wanted.has("notBefore") || wanted.has("notAfter"))
      return Outcome.refused(AcmeRefusal.VALIDITY_CHOSEN);
    var all = wanted.path("identifiers");
    boolean one =
        all.isArray()
            && all.size() == 1
            && AcmeJson.IDENTIFIER_TYPE.equals(all.get(0).path("type").asString(""))
            && all.get(0).path("value").isString();
    return one
        ? Outcome.done(all.get(0).path("value").asString())
        : Outcome.refused(AcmeRefusal.IDENTIFIER_UNSUPPORTED);
  }

  private Response shown(int status, AcmeOrders.Shown shown) {
    return Response.json(status, json.order(shown, time.now()))
        .with("Location", addresses.of(AcmeAddresses.ORDER, shown.name()));
  }

  private static Outcome<OrderName> name(Request request) {
    return OrderName.parse(request.segment("order"))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(AcmeRefusal.NOT_FOUND));
  }

  private static Outcome<OrderName> seen(Request request, Opened.ByAccount by) {
    return by.asGet()
        ? name(request)
        : Outcome.refused(AcmeRefusal.MALFORMED, "this is only shown: send no payload");
  }

  private Outcome<Response> order(Request request, Opened.ByAccount by) {
    return seen(request, by)
        .then(name -> useCases.orders().show(by.account(), name))
        .map(shown -> shown(200, shown));
  }

  private Outcome<Response> authorization(Request request, Opened.ByAccount by) {
    return name(request)
        .then(name ->
            by.asGet()
                ? useCases.orders().show(by.account(), name)
                : Envelopes.json(by)
                    .then(wanted ->
                        "deactivated".equals(wanted.path("status").asString(""))
                            ? useCases.orders().abandon(by.account(), name)
                            : Outcome.refused(AcmeRefusal.MALFORMED)))
        .map(shown -> Response.json(200, json.authorization(shown, time.now())));
  }

  private Outcome<Response> challenge(Request request, Opened.ByAccount by) {
    return name(request)
        .then(name ->
            by.asGet()
                ? useCases.orders().show(by.account(), name)
                : Envelopes.json(by)
                    .then(sent -> binary(sent, "attObj", AcmeRefusal.ATTESTATION_MISSING))
                    .then(object -> useCases.orders().answer(by.account(), name, object)))
        .map(shown ->
            Response.json(200, json.challenge(shown, time.now()))
                .with("Link", link(addresses.of(AcmeAddresses.AUTHORIZATION, shown.name()), "up")));
  }

  private static Outcome<Bytes> binary(ObjectNode sent, String member, AcmeRefusal otherwise) {
    try {
      var bytes = Bytes.parse(sent.path(member).asString(""));
      return bytes.size() > 0 ? Outcome.done(bytes) : Outcome.refused(otherwise);
    } catch (IllegalArgumentException e) {
      return Outcome.refused(otherwise);
    }
  }

  private Outcome<Response> finish(Request request, Opened.ByAccount by) {
    return name(request)
        .then(name ->
            Envelopes.json(by)
                .then(sent -> binary(sent, "csr", AcmeRefusal.MALFORMED))
                .then(csr -> useCases.orders().finish(by.account(), name, csr)))
        .map(shown -> shown(200, shown));
  }

  private Outcome<Response> certificate(Request request, Opened.ByAccount by) {
    return seen(request, by)
        .then(name -> useCases.orders().certificate(by.account(), name))
        .map(chain ->
            new Response.Content(
                200,
                "application/pem-certificate-chain",
                Bytes.of(pem(chain).getBytes(StandardCharsets.US_ASCII)),
                Map.of()));
  }

  private static String pem(List<Bytes> chain) {
    var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    var text = new StringBuilder();
    for (Bytes der : chain)
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(encoder.encodeToString(der.toArray()))
          .append("\n-----END CERTIFICATE-----\n");
    return text.toString();
  }

  private Outcome<Response> revoke(Request request) {
    return envelopes
        .open(request)
        .then(opened ->
            Envelopes.json(opened)
                .then(sent ->
                    binary(sent, "certificate", AcmeRefusal.MALFORMED)
                        .then(der -> useCases.revocation().revoke(by(opened), der, reason(sent)))))
        .map(_ -> empty());
  }

  private static AcmeRevocation.By by(Opened opened) {
    return switch (opened) {
      case Opened.ByKey(AccountKey key, Bytes _) -> new AcmeRevocation.By.Holder(key);
      case Opened.ByAccount(Account account, Bytes _) -> new AcmeRevocation.By.Owner(account);
    };
  }

  private static Optional<Integer> reason(ObjectNode sent) {
    var reason = sent.path("reason");
    if (reason.isMissingNode()) return Optional.empty();
    return Optional.of(reason.isInt() ? reason.asInt() : -1);
  }
}
