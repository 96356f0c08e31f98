// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.signin.InTheWay;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The pages and what they load, read once. Scripts and styles come from files of ours only.
public final class Pages {

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
              + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "Permissions-Policy",
          "publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(),"
              + " microphone=(), geolocation=()");

  private static final String SHELL = text("page.html");

  private Pages() {}

  /// A page with the work of one module.
  public static Response page(String title, String module) {
    return html(
        200,
        SHELL
            .replace("{{title}}", escaped(title))
            .replace(
                "{{script}}", "<script type=\"module\" src=\"/assets/" + module + "\"></script>")
            .replace("{{message}}", "")
            .replace("{{next}}", ""));
  }

  /// A page that says why not, without any script.
  public static Response refused(Refusal refusal) {
    String says =
        Character.toUpperCase(refusal.says().charAt(0)) + refusal.says().substring(1) + ".";
    String next =
        Character.toUpperCase(refusal.next().charAt(0)) + refusal.next().substring(1) + ".";
    return html(
        refusal.status(),
        SHELL
            .replace("{{title}}", "Not possible")
            .replace("{{script}}", "")
            .replace("{{message}}", escaped(says))
            .replace("{{next}}", escaped(next)));
  }

  /// A page that says what a decision asks for, without any script.
  static Response decided(Messages words, DecisionPage.Says says, InTheWay what) {
    var content = new StringBuilder("<p>");
    content.append(escaped(words.say(says.message(), what.app()))).append("</p>");
    if (!says.steps().isEmpty()) {
      content.append("<ul>");
      says.steps().forEach(step -> content.append("<li>").append(escaped(step)).append("</li>"));
      content.append("</ul>").append(link(what.path(), words.say("error.again")));
    }
    what.again()
        .ifPresent(again -> {
          content.append(hint(words.say("decision.phone.hint", what.app())));
          content.append(link(again, words.say("decision.phone")));
        });
    content.append(hint(words.say("decision.reference", what.answer().reference())));
    content.append(link(what.back(), words.say("back")));
    return html(
        403,
        SHELL
            .replace("<html lang=\"en\">", "<html lang=\"" + words.say("language") + "\">")
            .replace("<div id=\"content\"></div>", "<div id=\"content\">{{content}}</div>")
            .replace("{{title}}", escaped(words.say(says.title())))
            .replace("{{script}}", "")
            .replace("{{message}}", "")
            .replace("{{next}}", "")
            .replace("{{content}}", content));
  }

  private static String hint(String text) {
    return "<p class=\"hint\">" + escaped(text) + "</p>";
  }

  private static String link(URI where, String text) {
    return "<p><a href=\"" + escaped(where.toString()) + "\">" + escaped(text) + "</a></p>";
  }

  /// The route to a script of ours that pages load: `/assets/` and its name.
  public static Route<?> script(Doors doors, String name) {
    return asset(doors, name, "text/javascript; charset=utf-8");
  }

  static Route<?> asset(Doors doors, String name, String mediaType) {
    var content = asset(name, mediaType);
    return Route.get("/assets/" + name, doors.everyone(), (_, _) -> content);
  }

  /// A file that pages load.
  static Response asset(String name, String mediaType) {
    return new Response.Content(
        200,
        mediaType,
        Bytes.of(text(name).getBytes(StandardCharsets.UTF_8)),
        Map.of("Cache-Control", "no-cache"));
  }

  private static Response html(int status, String content) {
    return new Response.Content(
        status,
        "text/html; charset=utf-8",
        Bytes.of(content.getBytes(StandardCharsets.UTF_8)),
        HEADERS);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  static String text(String name) {
    try (var in = Pages.class.getResourceAsStream(name)) {
      if (in == null)
        throw new IllegalStateException("the file `" + name + "` is missing from the program");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
