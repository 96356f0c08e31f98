// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.admission.StrictJson;
import dev.vigil.admission.feed.PostureSource;
import dev.vigil.admission.feed.PostureSource.Unavailable;
import dev.vigil.feeds.said.StandIn;
import dev.vigil.feeds.said.StandIn.Answer;
import dev.vigil.feeds.web.Web;
import dev.vigil.feeds.web.WebSender;
import dev.vigil.testkit.ManualTime;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Google's two lists of devices, asked at a stand-in.
class GoogleSourcesTest {

  private static final String ENTERPRISE = "enterprises/LC02abcdef";
  private static final String ANDROID = "/v1/" + ENTERPRISE + "/devices";
  private static final KeyPair KEY = rsa(2048);

  private final ManualTime time = ManualTime.atNoon();
  private final StandIn google = new StandIn().tokensAt("/token", "access_token");
  private final Web web = new Web(Duration.ofSeconds(5), 8 << 20);

  @AfterEach
  void close() {
    google.close();
    web.close();
  }

  @Test
  void the_account_proves_itself_by_an_assertion_of_its_key() throws Exception {
    google.at("/v1/devices", _ -> Answer.ok("{}"));
    endpoints().read(Optional.empty());
    var form = google.asked.getFirst().body().split("&assertion=", 2);
    assertThat(URLDecoder.decode(form[0], StandardCharsets.UTF_8))
        .isEqualTo("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer");
    var jwt = SignedJWT.parse(form[1]);
    assertThat(jwt.verify(new RSASSAVerifier((RSAPublicKey) KEY.getPublic()))).isTrue();
    assertThat(jwt.getHeader().getKeyID()).isEqualTo("key-1");
    var claims = jwt.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo("vigil@project.iam.example");
    assertThat(claims.getSubject()).isEqualTo("admin@bank.example");
    assertThat(claims.getAudience()).containsExactly(google.base() + "/token");
    assertThat(claims.getStringClaim("scope"))
        .isEqualTo("https://www.googleapis.com/auth/cloud-identity.devices.readonly");
    assertThat(claims.getExpirationTime()).isAfter(claims.getIssueTime());
  }

  @Test
  void every_page_of_an_enterprise_is_read() throws Unavailable {
    google.at(
        ANDROID,
        asked ->
            asked.query().endsWith("&pageToken=page 2+")
                ? Answer.ok(
                    """
                    {"devices": [{"name": "enterprises/LC02abcdef/devices/c"}, {"name": "?"}, 7]}
                    """)
                : Answer.ok(
                    """
                    {"devices": [{"name": "enterprises/LC02abcdef/devices/a"},
                                 {"name": "enterprises/LC02abcdef/devices/b"}],
                     "nextPageToken": "page 2+"}
                    """));
    var first = android().read(Optional.empty());
    assertThat(first.devices()).extracting(one -> one.id().management()).containsExactly("a", "b");
    assertThat(first.next()).contains("page 2+");
    assertThat(google.asked.getLast().query())
        .startsWith("pageSize=100&fields=nextPageToken,devices(");
    var second = android().read(first.next());
    assertThat(second.devices()).extracting(one -> one.id().management()).containsExactly("c");
    assertThat(second.unreadable()).isEqualTo(2);
    assertThat(second.next()).isEmpty();
    assertThat(second.resume()).isEmpty();
  }

  @Test
  void an_empty_list_is_left_out_by_google() throws Unavailable {
    google.at("/v1/devices", _ -> Answer.ok("{}"));
    assertThat(endpoints().read(Optional.empty()))
        .isEqualTo(
            new PostureSource.Page(java.util.List.of(), 0, Optional.empty(), Optional.empty()));
    google.at("/v1/devices", _ -> Answer.ok("{\"devices\": {\"a\": 1}}"));
    assertThatThrownBy(() -> endpoints().read(Optional.empty())).isInstanceOf(Unavailable.class);
  }

  @Test
  void a_page_that_names_itself_as_the_next_is_garbage() {
    google.at(ANDROID, _ -> Answer.ok("{\"nextPageToken\": \"x\"}"));
    assertThatThrownBy(() -> android().read(Optional.of("x"))).isInstanceOf(Unavailable.class);
  }

  @Test
  void a_file_that_is_no_key_of_a_service_account_is_none() {
    assertThat(ServiceAccount.parse(new byte[0])).isEmpty();
    assertThat(account(Map.of("type", "authorized_user"))).isEmpty();
    assertThat(account(Map.of("private_key", "-----BEGIN PRIVATE KEY-----\nAAAA\n"))).isEmpty();
    assertThat(account(Map.of("private_key", "not base64"))).isEmpty();
    assertThat(account(Map.of("private_key", pem(rsa(1024))))).isEmpty();
    assertThat(account(Map.of("token_uri", ""))).isEmpty();
    assertThat(account(Map.of()).orElseThrow().toString()).doesNotContain("MII");
  }

  private AndroidManagement android() {
    var api = AndroidManagement.api(account(Map.of()).orElseThrow(), new WebSender(web), time);
    return new AndroidManagement("android", google.base(), ENTERPRISE, api);
  }

  private EndpointVerification endpoints() {
    var account = account(Map.of()).orElseThrow();
    var api = EndpointVerification.api(account, "admin@bank.example", new WebSender(web), time);
    return new EndpointVerification("endpoints", google.base(), api);
  }

  private Optional<ServiceAccount> account(Map<String, String> changed) {
    var file = new java.util.TreeMap<String, String>();
    file.put("type", "service_account");
    file.put("client_email", "vigil@project.iam.example");
    file.put("private_key_id", "key-1");
    file.put("private_key", pem(KEY));
    file.put("token_uri", google.base() + "/token");
    file.putAll(changed);
    return ServiceAccount.parse(StrictJson.write(file).getBytes(StandardCharsets.UTF_8));
  }

  private static String pem(KeyPair key) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static KeyPair rsa(int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
