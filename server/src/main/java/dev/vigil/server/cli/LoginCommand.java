// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `vigil login`: signs a person in with their passkey, in the browser.
@Command(
    name = "login",
    description = "sign in with your passkey, in the browser",
    footer = {"", "Example:", "  vigil login --issuer https://vigil.example --ca vigil-ca.pem"})
final class LoginCommand implements Callable<Integer> {

  private static final String LOCAL = "https://localhost:8443";
  private static final int LARGEST_KIB = 256;

  private final Context context;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description = "the server (default: the one of the last sign-in, or " + LOCAL + ")")
  Optional<String> issuer = Optional.empty();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "the authority of the server's certificate, PEM (default: the one of the last sign-in, or"
              + " the machine's)")
  Optional<Path> authority = Optional.empty();

  @Option(names = "--no-browser", description = "show the address instead of opening a browser")
  boolean noBrowser;

  LoginCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try {
      run();
      return Exit.DONE.code();
    } catch (Failure failure) {
      failure.show(context.terminal(), false);
      return failure.exit().code();
    }
  }

  private void run() {
    var folder = new StateFolder(context.folder());
    var before = folder.load();
    URI server =
        issuer
            .map(Issuer::parse)
            .or(() -> before.map(SignedIn::issuer))
            .orElseGet(() -> URI.create(LOCAL));
    var known = before.filter(kept -> kept.issuer().equals(server));
    String anchors =
        authority
            .map(file -> new TextFile(file, "a certificate in PEM").read(LARGEST_KIB))
            .or(() -> known.map(SignedIn::anchors))
            .orElse("");
    var key = ProofKey.generate();
    try (var web = new Web(anchors)) {
      var endpoint = new Issuer(server, web, context, new ProofKey(key, context.entropy()));
      var tokens = new SignIn(server, endpoint, context).run(!noBrowser);
      folder.alone(() -> {
        folder.save(
            new SignedIn(
                server, anchors, key, tokens.refresh(), tokens.access(), tokens.expiresAt()));
        return server;
      });
    }
    context.terminal().line("You are signed in at " + server + ".");
  }
}
