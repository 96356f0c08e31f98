// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import dev.vigil.sdk.port.Browser;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A person at a browser, over the wire: opens the page, does what its script does, and confirms
/// with the passkey. What the page would show before approval is kept for the scenes to look at.
public final class PageVisitor implements Browser {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SoftwarePasskey passkey;
  private final String local;
  private final LongAdder requests = new LongAdder();
  private volatile List<String> shown = List.of();

  /// @param local the address that this person's machine connects from
  public PageVisitor(SoftwarePasskey passkey, String local) {
    this.passkey = passkey;
    this.local = local;
  }

  /// The page did not let the visitor on; the message is the page's own.
  public static final class Stopped extends IOException {
    private static final long serialVersionUID = 1L;

    private final String code;

    Stopped(String code, String says) {
      super(says);
      this.code = code;
    }

    /// The refusal's stable code.
    public String code() {
      return code;
    }
  }

  @Override
  public Optional<URI> open(URI page, URI redirect) throws IOException {
    try (var visit = tab(page)) {
      return Optional.of(visit.follow(answered(visit, page)));
    }
  }

  private Tab tab(URI page) throws IOException {
    return new Tab(page, local, requests);
  }

  private URI answered(Tab visit, URI page) throws IOException {
    visit.load(page);
    var state = visit.ask("GET", "/signin/visit", Optional.empty());
    shown =
        state
            .path("transaction")
            .path("members")
            .valueStream()
            .map(one -> one.path("name").asString() + ": " + one.path("value").asString())
            .toList();
    var options = visit.ask("POST", "/signin/options", Optional.of(JSON.createObjectNode()));
    var answer = JSON.createObjectNode().put("challenge", options.path("challenge").asString());
    answer.set("credential", passkey.get(options, visit.origin()));
    return URI.create(
        visit.ask("POST", "/signin/answer", Optional.of(answer)).path("redirect").asString());
  }

  /// This person's browser on a computer, which uses the same passkey.
  ///
  /// @param pages the origin of Vigil's pages
  public DeskBrowser desk(URI pages) throws IOException {
    return new DeskBrowser(passkey, tab(pages));
  }

  /// Comes through another provider for the first time, and makes a first passkey on the way.
  ///
  /// @param provider its id in the configuration
  /// @param claims what the provider says of this person
  public void join(URI pages, String provider, String userName, Map<String, ?> claims)
      throws IOException {
    try (var tab = tab(pages)) {
      tab.load(pages.resolve("/my/sign-in"));
      tab.ask("GET", "/signin/visit", Optional.empty());
      var form = tab.leave(pages.resolve("/federation/start/" + provider));
      var finish = JSON.createObjectNode().put("provider", provider);
      PlainForm.fill(form, userName, claims).forEach(finish::put);
      tab.ask("POST", "/federation/finish", Optional.of(finish));
      tab.ask("GET", "/my/account", Optional.empty());
      var made = tab.ask("POST", "/my/passkeys", Optional.of(JSON.createObjectNode()));
      register(URI.create(made.required("link").asString()), Optional.empty());
    }
  }

  /// Registers this person's passkey with a temporary access pass.
  public void recover(URI pages, String userName, String pass) throws IOException {
    try (var tab = tab(pages)) {
      tab.load(pages.resolve("/recover"));
      var told = JSON.createObjectNode().put("userName", userName).put("pass", pass);
      tab.ask("POST", "/register/pass", Optional.of(told));
      register(tab, JSON.createObjectNode());
    }
  }

  /// How many requests this person's browser has made.
  public long requests() {
    return requests.sum();
  }

  /// What the last page showed for approval, line by line.
  public List<String> shown() {
    return shown;
  }

  /// Registers this person's passkey with an invitation, or as the first administrator.
  ///
  /// @param link the one-time link
  /// @param name who the first administrator is; empty for somebody invited
  public void register(URI link, Optional<Name> name) throws IOException {
    try (var visit = tab(link)) {
      register(visit, link, name);
    }
  }

  private void register(Tab visit, URI link, Optional<Name> name) throws IOException {
    String kind =
        link.getPath().equals("/administrator")
            ? "/register/administrator"
            : "/register/invitation";
    visit.ask("POST", kind, Optional.of(JSON.createObjectNode().put("secret", link.getFragment())));
    var wanted = JSON.createObjectNode();
    name.ifPresent(given ->
        wanted.put("user_name", given.userName()).put("display_name", given.displayName()));
    register(visit, wanted);
  }

  private void register(Tab tab, ObjectNode wanted) throws IOException {
    var options = tab.ask("POST", "/register/options", Optional.of(wanted));
    var answer = JSON.createObjectNode().put("challenge", options.path("challenge").asString());
    answer.set("credential", passkey.create(options, tab.origin()));
    tab.ask("POST", "/register/answer", Optional.of(answer));
  }

  /// Who somebody is.
  public record Name(String userName, String displayName) {}
}
