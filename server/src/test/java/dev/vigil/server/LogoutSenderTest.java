// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.vigil.kernel.TimeSource;
import dev.vigil.server.Foundation.Machine;
import dev.vigil.testkit.FreePort;
import dev.vigil.testkit.TestCa;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An app hears over HTTPS that a session ended, whatever happens to it or to the server.
@Timeout(180)
class LogoutSenderTest {

  private static final int PATIENCE = 30;

  /// The machine's clock, set forward by the test.
  private static final class Clock implements TimeSource {
    private final SystemTime machine = new SystemTime();
    private final AtomicLong ahead = new AtomicLong();

    void pass(Duration time) {
      ahead.addAndGet(time.toNanos());
    }

    @Override
    public Instant now() {
      return machine.now().plusNanos(ahead.get());
    }

    @Override
    public long nanos() {
      return machine.nanos() + ahead.get();
    }
  }

  @TempDir Path folder = Path.of("");

  private final TestCa authority = TestCa.create("authority of the app");
  private final Clock clock = new Clock();
  private SSLContext before;
  private TestServer it;
  private int port;

  @BeforeEach
  void the_platform_trusts_the_apps_authority() throws Exception {
    before = SSLContext.getDefault();
    SSLContext.setDefault(LogoutReceiver.trusting(authority));
    it = new TestServer(folder);
    port = FreePort.next();
  }

  @AfterEach
  void and_no_longer() {
    SSLContext.setDefault(before);
  }

  private String address() {
    return "https://localhost:" + port + "/logout";
  }

  private Foundation foundation() throws Exception {
    return Foundation.open(it.configuration, new Machine(clock, SystemTime.entropy()));
  }

  private String ended() throws Exception {
    try (var foundation = foundation()) {
      return EndedSession.commit(foundation.changes(), SystemTime.entropy(), address()).value();
    }
  }

  private List<String> events() throws Exception {
    try (var foundation = foundation()) {
      return foundation.changes().read(view -> view.eventsAfter(0, 1_000)).stream()
          .map(event -> event.type())
          .toList();
    }
  }

  /// What the app was sent is a logout token for it, of this session if it is known which.
  private void tells(String form, String session) throws Exception {
    assertThat(form).startsWith("logout_token=");
    var claims = SignedJWT.parse(form.substring("logout_token=".length())).getJWTClaimsSet();
    assertThat(claims.getAudience()).containsExactly("payroll");
    assertThat(claims.getStringClaim("sid")).startsWith("ses_");
    if (!session.isEmpty()) assertThat(claims.getStringClaim("sid")).isEqualTo(session);
    assertThat(claims.getJSONObjectClaim("events"))
        .containsKey("http://schemas.openid.net/event/backchannel-logout");
  }

  @Test
  void an_app_that_is_down_is_told_once_it_is_up_and_then_no_more() throws Exception {
    String session = ended();
    try (var _ = it.start(clock)) {
      try (var down = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        down.accept().close();
      }
      try (var up = LogoutReceiver.start(authority, port, 200)) {
        clock.pass(Duration.ofSeconds(5));
        tells(up.next(PATIENCE).orElseThrow(), session);
        clock.pass(Duration.ofHours(3));
        assertThat(up.next(3)).isEmpty();
      }
    }
    assertThat(events()).containsOnlyOnce("app-signed-out").doesNotContain("app-sign-out-failed");
  }

  @Test
  void an_app_that_answers_400_is_asked_ever_more_rarely_and_given_up_after_a_day()
      throws Exception {
    var _ = ended();
    int tries = 1;
    int quiet = 0;
    try (var refusing = LogoutReceiver.start(authority, port, 400);
        var _ = it.start(clock)) {
      assertThat(refusing.next(PATIENCE)).isPresent();
      assertThat(refusing.next(3)).as("not at once again").isEmpty();
      while (quiet < 3 && tries < 100) {
        clock.pass(Duration.ofHours(2));
        boolean again = refusing.next(2).isPresent();
        tries += again ? 1 : 0;
        quiet = again ? 0 : quiet + 1;
      }
      refusing.answers(200);
      clock.pass(Duration.ofDays(2));
      assertThat(refusing.next(3)).as("given up").isEmpty();
    }
    assertThat(tries).isEqualTo(14);
    assertThat(events()).containsOnlyOnce("app-sign-out-failed").doesNotContain("app-signed-out");
  }

  @Test
  void an_app_with_a_certificate_that_nobody_trusts_is_told_nothing() throws Exception {
    var _ = ended();
    var impostor = TestCa.create("somebody else");
    try (var fake = LogoutReceiver.start(impostor, port, 200)) {
      try (var _ = it.start(clock)) {
        assertThat(fake.next(4)).isEmpty();
      }
    }
    assertThat(events()).doesNotContain("app-signed-out");
    try (var real = LogoutReceiver.start(authority, port, 200);
        var _ = it.start(clock)) {
      clock.pass(Duration.ofHours(2));
      assertThat(real.next(PATIENCE)).isPresent();
    }
  }

  @Test
  void a_server_that_is_killed_after_the_commit_tells_the_app_when_it_is_back() throws Exception {
    var child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                EndedSession.class.getName(),
                it.config.toString(),
                address())
            .redirectError(folder.resolve("errors.txt").toFile())
            .start();
    try (var output = child.inputReader(StandardCharsets.UTF_8)) {
      String said = output.readLine();
      assertThat(said).isEqualTo("committed");
    } finally {
      child.destroyForcibly().waitFor();
    }
    try (var up = LogoutReceiver.start(authority, port, 204);
        var _ = it.start(clock)) {
      tells(up.next(PATIENCE).orElseThrow(), "");
      assertThat(up.next(3)).isEmpty();
    }
    assertThat(events()).containsOnlyOnce("app-signed-out");
  }
}
