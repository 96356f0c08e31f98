// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import dev.vigil.kernel.TimeSource;
import dev.vigil.sdk.port.Browser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A person at a browser with a password and an authenticator app: opens the provider's page and
/// fills in one form after the other. Pictures, styles and scripts are not loaded.
final class PasswordVisitor implements Browser {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_PAGES = 5;
  private static final Pattern FORM = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");

  private final Person person;
  private final String local;
  private final TimeSource time;
  private final LongAdder requests;

  /// @param local the address that this person's machine connects from
  PasswordVisitor(Person person, String local, TimeSource time, LongAdder requests) {
    this.person = person;
    this.local = local;
    this.time = time;
    this.requests = requests;
  }

  /// What the person knows and has.
  record Person(String name, String password, String secret) {
    @Override
    public String toString() {
      return "Person(" + name + ")";
    }
  }

  @Override
  public Optional<URI> open(URI page, URI redirect) throws IOException {
    try (var client =
        HttpClient.newBuilder()
            .localAddress(InetAddress.getByName(local))
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build()) {
      var tab = new Tab(client, new LinkedHashMap<>());
      var answer = tab.send(HttpRequest.newBuilder(page).GET());
      var where = page;
      for (int pages = 0; pages < MOST_PAGES; pages++) {
        var location = answer.headers().firstValue("Location");
        if (location.isPresent()) {
          where = where.resolve(location.get());
          if (where.toString().startsWith(redirect.toString())) return Optional.of(where);
          answer = tab.send(HttpRequest.newBuilder(where).GET());
        } else {
          where = where.resolve(action(answer));
          answer = tab.send(filled(where, answer.body()));
        }
      }
      throw new IOException("the pages do not end: " + where);
    }
  }

  private static String action(HttpResponse<String> page) throws IOException {
    var form = FORM.matcher(page.body());
    if (page.statusCode() != 200 || !form.find())
      throw new IOException("a page without a form: " + page.statusCode() + " " + page.uri());
    return form.group(1).replace("&amp;", "&");
  }

  private HttpRequest.Builder filled(URI action, String page) throws IOException {
    var form = new LinkedHashMap<String, String>();
    if (page.contains("name=\"otp\"")) {
      form.put("otp", new Totp(person.secret().getBytes(StandardCharsets.US_ASCII)).at(time.now()));
    } else if (page.contains("name=\"password\"")) {
      form.put("username", person.name());
      form.put("password", person.password());
      form.put("credentialId", "");
    } else {
      throw new IOException("a form that nobody expected: " + action);
    }
    return HttpRequest.newBuilder(action)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(App.encoded(form)));
  }

  /// A browser's tab with its cookies.
  private final class Tab {
    private final HttpClient client;
    private final Map<String, String> cookies;

    Tab(HttpClient client, Map<String, String> cookies) {
      this.client = client;
      this.cookies = cookies;
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
      if (!cookies.isEmpty())
        request.header(
            "Cookie",
            cookies.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining("; ")));
      requests.increment();
      try {
        var answer = client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        for (String line : answer.headers().allValues("Set-Cookie")) {
          var pair = line.split(";", 2)[0].split("=", 2);
          if (pair[1].isEmpty()) cookies.remove(pair[0]);
          else cookies.put(pair[0], pair[1]);
        }
        return answer;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }
}
