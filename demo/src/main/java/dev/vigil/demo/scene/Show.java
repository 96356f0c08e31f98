// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.scene;

import dev.vigil.demo.bank.Bank;
import java.io.IOException;
import java.security.GeneralSecurityException;

/// All scenes in their order, on one bank.
public final class Show {

  private final Bank bank;
  private final Player player;

  public Show(Bank bank, Player player) {
    this.bank = bank;
    this.player = player;
  }

  /// Plays everything and says what came out.
  public void play() throws IOException, GeneralSecurityException {
    var clara = bank.invite("clara@mail.example", "Clara Customer", "customer", "127.0.20.1");
    var carl = bank.invite("carl@mail.example", "Carl Customer", "customer", "127.0.20.2");
    var emil =
        bank.invite("emil@bank.example", "Emil Employee", "employee", "127.0.20.3", "treasury");
    var eva = bank.invite("eva@bank.example", "Eva Employee", "employee", "127.0.66.9");
    var victim = bank.phone(clara, "Clara's phone", "127.0.20.1");
    var thief = bank.phone(carl, "Carl's phone", "127.0.20.2");

    act("A customer's phone", new CustomerScenes(bank, victim).scenes());
    thief.enrol();
    act("Thieves and impostors", new AttackScenes(bank, victim, thief).scenes());
    act("Passwords", new PasswordScenes(bank).scenes());
    act(
        "Employees",
        new StaffScenes(
                bank,
                bank.phone(emil, "Emil's corporate phone", "127.0.20.3"),
                bank.phone(emil, "Emil's own phone", "127.0.20.4"),
                bank.phone(eva, "Eva's corporate phone", "127.0.66.9"))
            .scenes());
    act("A partner", new PartnerScenes(bank).scenes());
    player.summary();
  }

  private void act(String title, java.util.List<Scene> scenes) {
    player.title(title);
    scenes.forEach(player::play);
  }
}
