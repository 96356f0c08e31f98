// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationScene.done;
import static dev.vigil.admission.administration.AdministrationScene.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.App.Transaction;
import dev.vigil.admission.FactsSink;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.kernel.AppId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The applications that are protected.
class AppsTest {

  private final AdministrationScene scene = new AdministrationScene();
  private final Apps apps = scene.apps;

  private static AppDraft draft(String name, String host, Transaction... transactions) {
    return new AppDraft(
        new AppId(name),
        done(HostName.of(host)),
        done(Upstream.of("https://10.1.2.3:8443")),
        Sensitivity.HIGH,
        Set.of(new GroupName("core")),
        List.of(transactions));
  }

  @Test
  void an_app_is_put_changed_and_removed_each_with_its_event() {
    var bank =
        done(
            apps.put(
                scene.mandate,
                draft(
                    "mobile-bank",
                    "bank.apps.example",
                    new Transaction("POST", "/payments", List.of("amount", "to")))));
    assertThat(scene.lastEvent())
        .returns("app-added", SecurityEvent::type)
        .returns(List.of("mobile-bank"), SecurityEvent::subjects);
    assertThat(scene.sink.last(FactsSink.Change.OfApp.class).app()).isEqualTo(bank);
    done(apps.put(scene.mandate, draft("mobile-bank", "bank2.apps.example")));
    assertThat(scene.lastEvent().type()).isEqualTo("app-changed");
    assertThat(done(apps.show(new AppId("mobile-bank"))).host()).isEqualTo("bank2.apps.example");
    done(apps.remove(scene.mandate, new AppId("mobile-bank")));
    assertThat(scene.lastEvent().type()).isEqualTo("app-removed");
    assertThat(scene.sink.last(FactsSink.Change.AppRemoved.class).id()).isEqualTo(bank.id());
    assertThat(apps.list()).isEmpty();
    assertThat(refusal(apps.remove(scene.mandate, new AppId("mobile-bank"))))
        .contains(AdministrationRefusal.NO_SUCH_APP);
  }

  @Test
  void putting_the_same_again_makes_no_event() {
    done(apps.put(scene.mandate, draft("mobile-bank", "bank.apps.example")));
    int events = scene.events().size();
    done(apps.put(scene.mandate, draft("mobile-bank", "BANK.apps.example")));
    assertThat(scene.events()).hasSize(events);
  }

  @Test
  void a_host_leads_to_one_app_only() {
    done(apps.put(scene.mandate, draft("mobile-bank", "bank.apps.example")));
    assertThat(refusal(apps.put(scene.mandate, draft("evil", "Bank.Apps.Example"))))
        .contains(AdministrationRefusal.HOST_TAKEN);
    assertThat(apps.list()).hasSize(1);
  }

  @Test
  void no_app_takes_vigil_s_own_host() {
    assertThat(refusal(apps.put(scene.mandate, draft("evil", "VIGIL.example"))))
        .contains(AdministrationRefusal.HOST_RESERVED);
  }

  @Test
  void a_transaction_is_an_exact_request() {
    var bad =
        List.of(
            new Transaction("post", "/p", List.of()),
            new Transaction("POST", "p", List.of()),
            new Transaction("POST", "/a/../b", List.of()),
            new Transaction("POST", "/a//b", List.of()),
            new Transaction("POST", "/p?x=1", List.of()),
            new Transaction("POST", "/%2e%2e", List.of()),
            new Transaction("POST", "/p\r\nX", List.of()),
            new Transaction("", "/p", List.of()),
            new Transaction("POST", "/p", List.of("a b")),
            new Transaction("POST", "/p", Collections.nCopies(17, "a")),
            new Transaction("POST", "/\u0440", List.of()));
    for (var one : bad)
      assertThat(refusal(apps.put(scene.mandate, draft("bank", "bank.example", one))))
          .as(one.toString())
          .contains(AdministrationRefusal.TRANSACTION_FORM);
    done(
        apps.put(
            scene.mandate,
            draft(
                "bank",
                "bank.example",
                new Transaction("POST", "/", List.of()),
                new Transaction("POST", "/v1/payments/", List.of("to.iban")))));
  }

  @Test
  void an_app_has_only_so_many_parts() {
    var transactions = new ArrayList<Transaction>();
    for (int i = 0; i < 65; i++) transactions.add(new Transaction("POST", "/p" + i, List.of()));
    assertThat(
            refusal(
                apps.put(
                    scene.mandate,
                    draft("bank", "bank.example", transactions.toArray(Transaction[]::new)))))
        .contains(AdministrationRefusal.TOO_MANY_PARTS);
    var tags = new HashSet<GroupName>();
    for (int i = 0; i < 33; i++) tags.add(new GroupName("t" + i));
    var tagged =
        new AppDraft(
            new AppId("bank"),
            new HostName("bank.example"),
            done(Upstream.of("http://10.0.0.1")),
            Sensitivity.LOW,
            tags,
            List.of());
    assertThat(refusal(apps.put(scene.mandate, tagged)))
        .contains(AdministrationRefusal.TOO_MANY_PARTS);
  }
}
