// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.identity.Population;
import dev.vigil.kernel.SubjectId;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/// An enforcement point of another make with its apps, and alice, whom it asks about.
abstract class AuthzenScene {

  private static final String POLICY =
      """
      attribute:
        department: {of: subject, type: string}
        clearance: {of: subject, type: integer}
        owner: {of: app, type: string}
      permit:
        staff:
          app: staff
          who: subject.population == "employee"
          require:
            - strength: strong
              max_age: 1h
              text: {en: Sign in again., de: Melde dich neu an.}
        readers:
          app: wiki
          who: subject.population == "employee" && request.path == "/handbook"
          restrict: {read_only: true}
        keepers:
          app: archive
          who: subject.population == "employee"
          restrict: {no_download: true, maximum_age: 1h}
        owners:
          app: note
          who: app.attributes.owner == subject.id || subject.attributes.department == "audit"
        inside:
          app: printer
          who: network.country == "CH" && device.managed
      strength:
        strong: {any_of: [passkey-hardware], phishing_resistant: true, user_verified: true}
      """;

  AuthzenHouse house;
  SubjectId alice;

  @BeforeEach
  void open() throws Exception {
    house = new AuthzenHouse();
    house.policy(POLICY);
    house.app("staff", "high");
    house.app("wiki", "normal");
    house.enforces("staff", "wiki", "archive", "note", "printer");
    alice = house.subject("alice", Population.EMPLOYEE, "everyone");
  }

  @AfterEach
  void close() {
    house.close();
  }

  static String request(String subject, String action, String resource, String context) {
    return "{\"subject\":{"
        + subject
        + "},\"action\":{\"name\":\""
        + action
        + "\"},\"resource\":{"
        + resource
        + "},\"context\":{"
        + context
        + "}}";
  }

  static final String ALICE = "\"type\":\"user\",\"id\":\"alice\"";
  static final String STAFF = "\"type\":\"app\",\"id\":\"staff\"";

  final JsonNode evaluated(String json) {
    return house.ask("/access/v1/evaluation", json);
  }

  static void refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains("\"next\":");
  }
}
