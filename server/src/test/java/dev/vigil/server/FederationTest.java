// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.vigil.admission.StrictJson;
import dev.vigil.server.cli.Context;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole server whose people sign in through an OpenID provider that others wrote, with a plain
/// form; a real command line signs in, so every step to the access token is the real one.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FederationTest {

  private static final MockOAuth2Server PROVIDER =
      new MockOAuth2Server(OAuth2Config.Companion.fromJson("{\"interactiveLogin\": true}"));

  @TempDir Path folder = Path.of("");

  @BeforeAll
  static void start() {
    PROVIDER.start();
  }

  @AfterAll
  static void stop() {
    PROVIDER.shutdown();
  }

  /// On another site than the pages, as browsers see it.
  private static String issuer(String name) {
    return PROVIDER.issuerUrl(name).toString().replace("localhost", "127.0.0.1");
  }

  private TestServer server() throws IOException {
    var secret = Files.writeString(folder.resolve("other.secret"), "s3cret-of-vigil\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    return new TestServer(
        folder,
        """
        identity:
          providers:
            - {id: bank, name: The Bank, kind: openid, issuer: "%s", client-id: vigil, provision: on-first-sign-in, groups: {Tellers: tellers}}
            - {id: other, kind: openid, issuer: "%s", client-id: vigil, client-secret-file: other.secret}
        """
            .formatted(issuer("bank"), issuer("other")));
  }

  private static TestServer.Ran login(TestServer it, Assembly server, Context.Opener browser)
      throws IOException {
    var anchor = server.writeAnchor(it.folder);
    return it.vigil(
        browser,
        "login",
        "--issuer",
        it.configuration.face().issuer().toString(),
        "--ca",
        anchor.toString());
  }

  private static Map<String, Object> claims(String userName) {
    return Map.of("preferred_username", userName, "name", "Alice", "groups", List.of("Tellers"));
  }

  @Test
  void a_person_signs_in_through_a_provider_by_configuration_alone() throws Exception {
    var it = server();
    var pages = it.configuration.face().browser();
    try (var server = it.start();
        var browser = new FormBrowser(pages)) {
      var ran =
          login(
              it,
              server,
              page -> {
                assertThat(browser.open(page).statusCode()).isEqualTo(200);
                var offered = browser.visit().path("providers");
                assertThat(offered.valueStream().map(one -> one.path("id").asString("")))
                    .containsExactly("bank", "other");
                var asked = browser.start("bank");
                assertThat(FormBrowser.query(asked)).containsEntry("client_id", "vigil");
                var callback = browser.login(asked, "alice", claims("alice@bank.example"));
                assertThat(browser.open(callback).body())
                    .contains("federation.js")
                    .doesNotContain(FormBrowser.query(callback).get("code"));
                var done = browser.finish(callback);
                assertThat(done.body()).contains("redirect");
                String back =
                    StrictJson.object(FormBrowser.bytes(done.body())).path("redirect").asString("");
                assertThat(browser.send(HttpRequest.newBuilder(URI.create(back))).statusCode())
                    .isEqualTo(200);
                return true;
              });
      assertThat(ran.output()).contains("You are signed in");
      assertThat(it.vigil("user", "list").errors()).contains("role");
    }
  }

  @Test
  void what_a_page_of_another_site_could_send_is_refused() throws Exception {
    var it = server();
    var pages = it.configuration.face().browser();
    try (var server = it.start();
        var browser = new FormBrowser(pages);
        var stranger = new FormBrowser(pages)) {
      login(
          it,
          server,
          page -> {
            browser.open(page);
            browser.visit();
            var callback =
                browser.login(browser.start("bank"), "mallory", claims("mallory@bank.example"));
            var body = Map.<String, Object>copyOf(withProvider(FormBrowser.query(callback)));
            assertThat(browser.post(body, "wrong", pages.toString()).body())
                .contains("http.cross-site");
            assertThat(browser.post(body, browser.csrf, "https://evil.example").body())
                .contains("http.cross-site");
            assertThat(stranger.post(body, browser.csrf, pages.toString()).body())
                .contains("http.no-ceremony");
            var more = new HashMap<>(body);
            more.put("redirect_uri", "https://evil.example");
            assertThat(browser.post(more, browser.csrf, pages.toString()).statusCode())
                .isEqualTo(400);
            assertThat(browser.open(pages.resolve("/federation/start/nobody")).statusCode())
                .isEqualTo(404);
            var away =
                browser.send(
                    HttpRequest.newBuilder(pages.resolve("/federation/start/bank"))
                        .header("Sec-Fetch-Site", "cross-site"));
            assertThat(away.statusCode()).isEqualTo(403);
            assertThat(
                    browser
                        .open(pages.resolve("/federation/callback/bank?error=%3Cscript%3E"))
                        .body())
                .doesNotContain("<script>alert")
                .doesNotContain("error");
            var replayed = browser.finish(callback);
            assertThat(replayed.statusCode()).isEqualTo(200);
            String back =
                StrictJson.object(FormBrowser.bytes(replayed.body())).path("redirect").asString("");
            browser.send(HttpRequest.newBuilder(URI.create(back)));
            return true;
          });
    }
  }

  private static Map<String, Object> withProvider(Map<String, String> query) {
    var body = new HashMap<String, Object>(query);
    body.put("provider", "bank");
    return body;
  }

  @Test
  void a_person_whom_nobody_knows_is_refused_where_nobody_is_brought() throws Exception {
    var it = server();
    try (var server = it.start();
        var browser = new FormBrowser(it.configuration.face().browser())) {
      login(
          it,
          server,
          page -> {
            browser.open(page);
            browser.visit();
            var callback =
                browser.login(browser.start("other"), "alice", claims("alice@bank.example"));
            assertThat(browser.finish(callback).body())
                .contains("federation.not-linked", "ask an administrator");
            var again = browser.login(browser.start("bank"), "alice", claims("alice@bank.example"));
            String back =
                StrictJson.object(FormBrowser.bytes(browser.finish(again).body()))
                    .path("redirect")
                    .asString("");
            browser.send(HttpRequest.newBuilder(URI.create(back)));
            return true;
          });
    }
  }

  @Test
  void in_chromium_the_strict_cookie_survives_the_way_to_the_provider_and_back() throws Exception {
    var chromium = onPath("chromium", "chromium-browser", "google-chrome");
    var node = onPath("node");
    assumeTrue(chromium.isPresent(), "skipped: `chromium` is not installed");
    assumeTrue(node.isPresent(), "skipped: `node` is not installed");
    var it = server();
    var settings =
        Map.of(
            "PLAYWRIGHT_NODEJS_PATH",
            node.orElseThrow().toString(),
            "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
            "1");
    try (var server = it.start();
        var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(settings))) {
      var browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(chromium.orElseThrow())
                      .setHeadless(true)
                      .setArgs(List.of("--no-sandbox", "--disable-gpu")));
      var ran =
          login(
              it,
              server,
              page -> {
                signIn(browser.newPage(), page);
                return true;
              });
      browser.close();
      assertThat(ran.output()).contains("You are signed in");
    }
  }

  /// The provider is on `127.0.0.1`, the pages on `localhost`: two sites.
  private static void signIn(Page tab, URI page) {
    tab.route("**/fonts.googleapis.com/**", route -> route.abort());
    tab.navigate(page.toString());
    tab.getByText("Continue with The Bank").click();
    tab.locator("input[name=username]").fill("alice");
    tab.locator("textarea[name=claims]").fill("{\"preferred_username\": \"alice@bank.example\"}");
    tab.locator("input[type=submit]").click();
    tab.waitForURL(url -> url.startsWith("http://127.0.0.1") && url.contains("code="));
  }

  private static Optional<Path> onPath(String... names) {
    var path = Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1);
    return Arrays.stream(names)
        .flatMap(name -> Stream.of(path).map(part -> Path.of(part, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
