// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.saml;

import dev.vigil.api.http.Response;
import dev.vigil.identity.saml.Outgoing;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A page that posts a message to a provider by itself, or at the press of its button where scripts
/// do not run. Its one script is known by a nonce; nothing else is loaded.
final class PostPage {

  private final Entropy entropy;

  PostPage(Entropy entropy) {
    this.entropy = entropy;
  }

  Response of(Outgoing.Form form) {
    String nonce = Bytes.of(entropy.bytes(16)).toString();
    String relayState =
        form.relayState()
            .map(text ->
                "\n<input type=\"hidden\" name=\"RelayState\" value=\"" + escaped(text) + "\">")
            .orElse("");
    String page =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Going on</title></head>
        <body><form method="post" action="%s">
        <input type="hidden" name="%s" value="%s">%s
        <button type="submit">Go on to the app</button>
        </form><script nonce="%s">document.forms[0].submit();</script></body></html>
        """
            .formatted(
                escaped(form.to().toString()), form.parameter(), form.base64(), relayState, nonce);
    return new Response.Content(
        200,
        "text/html; charset=utf-8",
        Bytes.of(page.getBytes(StandardCharsets.UTF_8)),
        Map.of("Content-Security-Policy", policy(form, nonce), "Referrer-Policy", "no-referrer"));
  }

  /// The form may go to any host of the scheme: browsers hold redirects after a form to the same
  /// rule, and providers redirect to other hosts of theirs. The page itself names only the address
  /// in the metadata.
  private static String policy(Outgoing.Form form, String nonce) {
    return "default-src 'none'; script-src 'nonce-"
        + nonce
        + "'; base-uri 'none'; frame-ancestors 'none'; form-action "
        + form.to().getScheme()
        + ":";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;")
        .replace("\n", "&#10;")
        .replace("\r", "&#13;");
  }
}
