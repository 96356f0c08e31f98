// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.ClientsView;
import dev.vigil.admission.ClientsView.Browser;
import dev.vigil.admission.ClientsView.LogoutNotice;
import dev.vigil.admission.ClientsView.SignOn;
import dev.vigil.admission.Store;
import dev.vigil.admission.Tx;
import dev.vigil.identity.Session;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.identity.oauth.RegisteredClient.Kind;
import dev.vigil.identity.oauth.RegisteredClient.Method;
import dev.vigil.identity.oauth.RegisteredClient.Profile;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.OptionalAssert;

/// What every store keeps of clients, browsers and sign-ins. Run by [StoreContract].
final class ClientsContract {

  private final Store store;
  private final Scene scene;

  ClientsContract(Store store, Scene scene) {
    this.store = store;
    this.scene = scene;
  }

  private void change(Consumer<Tx> body) {
    store.change(tx -> {
      body.accept(tx);
      return true;
    });
  }

  private <T> OptionalAssert<T> one(Function<ClientsView, Optional<T>> query) {
    Optional<T> answer = store.read(view -> query.apply(view.clients()));
    return assertThat(answer);
  }

  private <T> ListAssert<T> all(Function<ClientsView, List<T>> query) {
    List<T> answer = store.read(view -> query.apply(view.clients()));
    return assertThat(answer);
  }

  private static RegisteredClient client(String id, Method method) {
    return new RegisteredClient(
        id,
        "Lohn 😀",
        Kind.WEB,
        Profile.FAPI2,
        method,
        new AppId("payroll"),
        Set.of("https://payroll.example/callback", "https://payroll.example/b"),
        Set.of(),
        Optional.of("https://payroll.example/logout"),
        Set.of("openid", "groups"),
        Set.of(new AppId("ledger")),
        Optional.empty());
  }

  void check() {
    var keys = client("payroll", new Method.Keys("{\"keys\":[]}"));
    var certificates = client("ledger", new Method.Certificates(Set.of(Sha256.of(new byte[] {4}))));
    change(tx -> tx.clients().put(keys));
    change(tx -> tx.clients().put(certificates));
    change(tx -> tx.clients().put(client("phone-app", new Method.Proof())));
    change(tx -> tx.clients().put(keys));
    one(v -> v.client("payroll")).contains(keys);
    all(v -> v.clients())
        .containsExactly(keys, certificates, client("phone-app", new Method.Proof()));
    var session = session();
    browsers(session);
    signOns(session, keys);
    notices(session, keys);
  }

  private SessionId session() {
    var alice = scene.person("alice-of-clients@bank.example");
    var session =
        new Session(
            SessionId.random(scene),
            alice.id(),
            new Session.Binding.Cookie(),
            List.of(),
            Scene.NOON,
            Scene.NOON.plusSeconds(60),
            Optional.empty());
    change(tx -> tx.put(alice));
    change(tx -> tx.put(session));
    return session.id();
  }

  private void browsers(SessionId session) {
    var first = new Browser(session, Sha256.of(new byte[] {1}), Scene.NOON, Optional.empty());
    var second = new Browser(session, Sha256.of(new byte[] {2}), Scene.NOON, Optional.empty());
    change(tx -> tx.clients().put(first));
    change(tx -> tx.clients().put(second));
    one(v -> v.browser(first.secret())).isEmpty();
    one(v -> v.browser(second.secret())).contains(second);
    var nowhere =
        new Browser(SessionId.random(scene), first.secret(), Scene.NOON, Optional.empty());
    assertThatThrownBy(() -> change(tx -> tx.clients().put(nowhere)))
        .isInstanceOf(Tx.Conflict.class);
  }

  private void signOns(SessionId session, RegisteredClient client) {
    var signOn =
        new SignOn(
            session,
            client.id(),
            Optional.empty(),
            Optional.of(Sha256.of(new byte[] {3})),
            List.of("openid"),
            Optional.empty(),
            Scene.NOON);
    change(tx -> tx.clients().put(signOn));
    one(v -> v.signOn(session, client.id())).contains(signOn);
    var seen = signOn.seen("127.0.20.1", Scene.NOON.plusSeconds(1));
    change(tx -> tx.clients().put(seen));
    one(v -> v.signOn(session, client.id())).contains(seen);
    change(tx -> tx.clients().put(signOn));
    one(v -> v.signOn(session, client.id())).contains(signOn);
    all(v -> v.signOns(session)).containsExactly(signOn);
    var unknown =
        new SignOn(
            session,
            "nobody",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Scene.NOON);
    assertThatThrownBy(() -> change(tx -> tx.clients().put(unknown)))
        .isInstanceOf(Tx.Conflict.class);
  }

  private void notices(SessionId session, RegisteredClient client) {
    SubjectId subject =
        store.<SubjectId>read(view -> view.session(session).orElseThrow().subject());
    var notice =
        new LogoutNotice(
            "n1", client.id(), "https://payroll.example/logout", subject, session, 0, Scene.NOON);
    change(tx -> tx.clients().put(notice));
    all(v -> v.dueNotices(Scene.NOON.minusSeconds(1), 5)).isEmpty();
    all(v -> v.dueNotices(Scene.NOON, 5)).containsExactly(notice);
    change(tx -> tx.clients().remove(notice));
    all(v -> v.dueNotices(Scene.NOON, 5)).isEmpty();
    change(tx -> tx.clients().put(notice));
    change(tx -> tx.clients().remove(client.id()));
    one(v -> v.client(client.id())).isEmpty();
    all(v -> v.signOns(session)).isEmpty();
    all(v -> v.dueNotices(Scene.NOON, 5)).isEmpty();
  }
}
