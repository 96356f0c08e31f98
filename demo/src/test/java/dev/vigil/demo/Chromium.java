// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// A real browser without a window, with an authenticator that always agrees. Tests that want one
/// are skipped by name where Chromium or Node is missing.
final class Chromium implements AutoCloseable {

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /// An address of an app would open a question of the browser's own, which nobody answers here.
  private static final String STAY =
      "navigation.addEventListener('navigate', event => {"
          + " if (!event.destination.url.startsWith('http')) event.preventDefault(); })";

  private static final Path SCREENS = Path.of("target", "screens");

  private final Playwright playwright;
  private final Page page;

  private Chromium(Playwright playwright, Page page) {
    this.playwright = playwright;
    this.page = page;
  }

  /// A tab the size of a phone.
  static Chromium open() {
    var chromium = onPath("chromium", "chromium-browser", "google-chrome");
    var node = onPath("node");
    assumeTrue(chromium.isPresent(), "skipped: `chromium` is not installed");
    assumeTrue(node.isPresent(), "skipped: `node` is not installed");
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.orElseThrow().toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
    var browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.orElseThrow())
                    .setHeadless(true)
                    .setArgs(FLAGS));
    return new Chromium(playwright, page(browser));
  }

  private static Optional<Path> onPath(String... names) {
    var path = Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1);
    return Arrays.stream(names)
        .flatMap(name -> Stream.of(path).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Page page(Browser browser) {
    var context = browser.newContext(new Browser.NewContextOptions().setViewportSize(390, 844));
    var page = context.newPage();
    page.addInitScript(STAY);
    var session = context.newCDPSession(page);
    session.send("WebAuthn.enable");
    var options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    var authenticator = new JsonObject();
    authenticator.add("options", options);
    session.send("WebAuthn.addVirtualAuthenticator", authenticator);
    return page;
  }

  Page page() {
    return page;
  }

  /// Takes pictures of the page as it is: on a phone and on a desk, light and dark.
  void pictures(String name) {
    for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      String suffix = scheme == ColorScheme.DARK ? "-dark.png" : ".png";
      page.setViewportSize(1280, 800);
      screenshot(name + "-desk" + suffix);
      page.setViewportSize(390, 844);
      screenshot(name + suffix);
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  private void screenshot(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENS.resolve(name)));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
