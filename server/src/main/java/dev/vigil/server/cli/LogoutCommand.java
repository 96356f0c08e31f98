// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `vigil logout`: forgets the sign-in, here and on the server.
@Command(
    name = "logout",
    description = "end your session and forget it on this machine",
    footer = {"", "Example:", "  vigil logout"})
final class LogoutCommand implements Callable<Integer> {

  private final Context context;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  LogoutCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var folder = new StateFolder(context.folder());
    try {
      var kept = folder.load();
      boolean ended = kept.isPresent() && ended(kept.get());
      folder.clear();
      context.terminal().line(kept.isEmpty() ? "Nobody was signed in." : "You are signed out.");
      if (kept.isPresent() && !ended)
        context
            .terminal()
            .error(
                "vigil: the server was not told; an administrator can end the session with `vigil"
                    + " session revoke`");
      return Exit.DONE.code();
    } catch (Failure failure) {
      failure.show(context.terminal(), false);
      return failure.exit().code();
    }
  }

  /// Tells the server (RFC 7009); whether it heard.
  private boolean ended(SignedIn kept) {
    try (var web = new Web(kept.anchors())) {
      var issuer =
          new Issuer(kept.issuer(), web, context, new ProofKey(kept.key(), context.entropy()));
      return issuer
          .discover()
          .revocation()
          .map(endpoint ->
              issuer
                  .form(
                      endpoint,
                      Map.of("token", kept.refreshToken(), "token_type_hint", "refresh_token"))
                  .fine())
          .orElse(false);
    } catch (Failure failure) {
      return false;
    }
  }
}
