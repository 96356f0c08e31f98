// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.ClientsTx;
import dev.vigil.admission.Tx;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.testkit.MemoryState.SignOnKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Clients, browsers and sign-ins in a [MemoryState].
final class MemoryClients implements ClientsTx {

  private final MemoryView view;

  MemoryClients(MemoryView view) {
    this.view = view;
  }

  @Override
  public Optional<RegisteredClient> client(String id) {
    return Optional.ofNullable(view.open().clients.get(id));
  }

  @Override
  public List<RegisteredClient> clients() {
    return List.copyOf(view.open().clients.values());
  }

  @Override
  public Optional<Browser> browser(Sha256 secret) {
    return view.open().browsers.values().stream()
        .filter(one -> one.secret().equals(secret))
        .findFirst();
  }

  @Override
  public Optional<SignOn> signOn(SessionId session, String client) {
    return Optional.ofNullable(view.open().signOns.get(new SignOnKey(session, client)));
  }

  @Override
  public List<SignOn> signOns(SessionId session) {
    return view.open().signOns.values().stream()
        .filter(one -> one.session().equals(session))
        .toList();
  }

  @Override
  public List<LogoutNotice> dueNotices(Instant now, int limit) {
    return view.open().notices.values().stream()
        .filter(one -> !one.dueAt().isAfter(now))
        .limit(limit)
        .toList();
  }

  @Override
  public void put(RegisteredClient client) {
    if (client.machine().filter(id -> view.subject(id).isEmpty()).isPresent())
      throw new Tx.Conflict("there is no such machine");
    view.open().clients.put(client.id(), client);
  }

  @Override
  public void remove(String client) {
    var state = view.open();
    state.notices.values().removeIf(one -> one.client().equals(client));
    state.signOns.values().removeIf(one -> one.client().equals(client));
    state.clients.remove(client);
  }

  @Override
  public void put(Browser browser) {
    requireSession(browser.session());
    view.open().browsers.put(browser.session(), browser);
  }

  @Override
  public void put(SignOn signOn) {
    requireSession(signOn.session());
    requireClient(signOn.client());
    view.open().signOns.put(new SignOnKey(signOn.session(), signOn.client()), signOn);
  }

  @Override
  public void put(LogoutNotice notice) {
    requireClient(notice.client());
    view.open().notices.put(notice.id(), notice);
  }

  @Override
  public void remove(LogoutNotice notice) {
    view.open().notices.remove(notice.id());
  }

  private void requireSession(SessionId id) {
    if (view.session(id).isEmpty()) throw new Tx.Conflict("there is no session `" + id + "`");
  }

  private void requireClient(String id) {
    if (client(id).isEmpty()) throw new Tx.Conflict("there is no client `" + id + "`");
  }
}
