// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.scene;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.phone.Maker;
import dev.vigil.demo.phone.PageVisitor;
import dev.vigil.demo.phone.SoftwarePasskey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// All scenes in their order, on one bank. Later scenes build on earlier ones.
public final class Show {

  private final Bank bank;

  public Show(Bank bank) {
    this.bank = bank;
  }

  /// Scenes that belong together.
  public record Act(String title, List<Scene> scenes) {
    public Act {
      scenes = List.copyOf(scenes);
    }
  }

  /// Invites the people of the show, and lays out what they will do. Once for one bank.
  public List<Act> acts() throws IOException, GeneralSecurityException {
    var clara = bank.invite("clara@mail.example", "Clara Customer", "customer", "127.0.20.1");
    var carl = bank.invite("carl@mail.example", "Carl Customer", "customer", "127.0.20.2");
    var emil =
        bank.invite("emil@bank.example", "Emil Employee", "employee", "127.0.20.3", "treasury");
    var eva = bank.invite("eva@bank.example", "Eva Employee", "employee", "127.0.66.9");
    var sven = bank.invite("sven@bank.example", "Sven Saas", "employee", "127.0.20.5");
    var uma = bank.invite("uma@bank.example", "Uma Vault", "employee", "127.0.20.7");
    var handset = Maker.ofAll().handset(LocalDate.ofInstant(bank.now(), ZoneOffset.UTC));
    var nora = new PageVisitor(new SoftwarePasskey(), "127.0.20.6");
    var victim = bank.phone(clara, "Clara's phone", "127.0.20.1");
    var thief = bank.phone(carl, "Carl's phone", "127.0.20.2");
    thief.enrol();
    return List.of(
        new Act("A customer's phone", new CustomerScenes(bank, victim).scenes()),
        new Act("Thieves and impostors", new AttackScenes(bank, victim, thief).scenes()),
        new Act("Passwords", new PasswordScenes(bank).scenes()),
        new Act(
            "Employees",
            new StaffScenes(
                    bank,
                    bank.phone(emil, "Emil's corporate phone", "127.0.20.3"),
                    bank.phone(emil, "Emil's own phone", "127.0.20.4"),
                    bank.phone(eva, "Eva's corporate phone", "127.0.66.9"))
                .scenes()),
        new Act("A partner", new PartnerScenes(bank).scenes()),
        new Act(
            "Apps elsewhere",
            new SaasScenes(
                    bank,
                    "sven@bank.example",
                    bank.phone(sven, "Sven's corporate phone", "127.0.20.5"),
                    sven)
                .scenes()),
        new Act(
            "Device trust",
            new DeviceTrustScenes(
                    bank,
                    bank.attestingPhone(uma, "Uma's corporate phone", "127.0.20.7", handset),
                    handset,
                    bank.phone(uma, "Uma's old phone", "127.0.20.8"))
                .scenes()),
        new Act(
            "The identity platform",
            new ProvisioningScenes(bank, nora, bank.phone(nora, "Nora's phone", "127.0.20.6"))
                .scenes()));
  }

  /// Plays everything and says what came out.
  public void play(Player player) throws IOException, GeneralSecurityException {
    for (var act : acts()) {
      player.title(act.title());
      act.scenes().forEach(player::play);
    }
    player.summary();
  }
}
