// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// A person's browser on a computer, over the wire: it follows where apps and Vigil send it, signs
/// in with the passkey when asked to, and keeps its cookies. The phone may lie beside it.
public final class DeskBrowser {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_HOPS = 10;

  private final SoftwarePasskey passkey;
  private final Tab tab;

  DeskBrowser(SoftwarePasskey passkey, Tab tab) {
    this.passkey = passkey;
    this.tab = tab;
  }

  /// Where the browser came to rest.
  ///
  /// @param where an app's address that Vigil sent it to, or the last of Vigil's own pages
  /// @param status of that page; 0 if the browser left for an app
  /// @param body of that page; empty if the browser left for an app
  public record Landed(URI where, int status, String body) {

    private static final Pattern AGAIN = Pattern.compile("href=\"([^\"]*again=1)\"");

    /// The page's link to another sign-in, at which a phone can be shown.
    public Optional<URI> again() {
      var link = AGAIN.matcher(body);
      return link.find()
          ? Optional.of(where.resolve(link.group(1).replace("&amp;", "&")))
          : Optional.empty();
    }
  }

  /// Goes to a page of Vigil's and on from there.
  ///
  /// @param beside the phone to show if the page asks for a sign-in
  public Landed open(URI page, Optional<Phone> beside) throws IOException {
    var next = page;
    for (int hop = 0; hop < MOST_HOPS; hop++) {
      var answer = tab.go(next);
      if (answer.statusCode() == 303) next = next.resolve(Tab.location(answer));
      else if (answer.body().contains("/assets/sign-in.js")) next = next.resolve(signIn(beside));
      else return new Landed(next, answer.statusCode(), answer.body());
      if (!next.toString().startsWith(tab.origin() + "/")) return new Landed(next, 0, "");
    }
    throw new IOException("the pages send the browser round in circles");
  }

  private String signIn(Optional<Phone> beside) throws IOException {
    tab.ask("GET", "/signin/visit", Optional.empty());
    if (beside.isPresent()) show(beside.get());
    var options = tab.ask("POST", "/signin/options", Optional.of(JSON.createObjectNode()));
    var answer = JSON.createObjectNode().put("challenge", options.path("challenge").asString());
    answer.set("credential", passkey.get(options, tab.origin()));
    return tab.ask("POST", "/signin/answer", Optional.of(answer)).path("redirect").asString();
  }

  /// "Show this device": the page opens the phone's app with a link.
  private void show(Phone phone) throws IOException {
    String ticket =
        tab.ask("POST", "/signin/ticket", Optional.of(JSON.createObjectNode()))
            .path("ticket")
            .asString();
    var link =
        "dev.vigil.phone:/device?ticket=" + URLEncoder.encode(ticket, StandardCharsets.UTF_8);
    String outcome = Phone.outcome(phone.client().showDevice(URI.create(link)));
    if (!outcome.equals("done")) throw new IOException("the phone could not be shown: " + outcome);
  }
}
