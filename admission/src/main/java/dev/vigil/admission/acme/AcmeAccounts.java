// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.acme;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Work;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.pki.acme.Account;
import dev.vigil.pki.acme.AccountKey;
import dev.vigil.pki.acme.AcmeRefusal;
import java.util.function.Function;

/// Registers ACME accounts (RFC 8555 section 7.3). Anybody may have one: it gives no right to
/// anything. One that comes to nothing is forgotten after a day.
public final class AcmeAccounts {

  private static final int ID_BYTES = 16;

  private final Changes changes;

  public AcmeAccounts(Changes changes) {
    this.changes = changes;
  }

  /// What came of a registration.
  public sealed interface Registered {

    Account account();

    /// It is new.
    record Created(Account account) implements Registered {}

    /// The key had one already.
    record Found(Account account) implements Registered {}
  }

  /// The account of this key, which is made if there is none.
  public Outcome<Registered> register(AccountKey key) {
    return changes.commit(
        Actor.SYSTEM,
        work ->
            work.tx()
                .acme()
                .accountOfKey(key.thumbprint())
                .map(known -> active(known).<Registered>map(Registered.Found::new))
                .orElseGet(() -> Outcome.done(new Registered.Created(created(work, key)))));
  }

  private static Account created(Work work, AccountKey key) {
    var id = Bytes.of(work.entropy().bytes(ID_BYTES)).toString();
    var account = new Account(id, key, Account.State.VALID, work.now());
    work.tx().acme().put(account);
    return account;
  }

  private static Outcome<Account> active(Account account) {
    return switch (account.state()) {
      case VALID -> Outcome.done(account);
      case DEACTIVATED -> Outcome.refused(AcmeRefusal.ACCOUNT_DEACTIVATED);
    };
  }

  /// The account that this key has already (`onlyReturnExisting`).
  public Outcome<Account> known(AccountKey key) {
    return changes
        .read(view -> view.acme().accountOfKey(key.thumbprint()))
        .map(AcmeAccounts::active)
        .orElseGet(() -> Outcome.refused(AcmeRefusal.ACCOUNT_UNKNOWN));
  }

  /// The account of this id, if its requests are answered.
  public Outcome<Account> find(String id) {
    return changes
        .read(view -> view.acme().account(id))
        .map(AcmeAccounts::active)
        .orElseGet(() -> Outcome.refused(AcmeRefusal.ACCOUNT_UNKNOWN));
  }

  /// Its requests are answered no more; certificates stay.
  public Outcome<Account> deactivate(Account account) {
    return change(account, (Work _, Account known) -> Outcome.done(known.deactivated()));
  }

  /// Replaces the key (RFC 8555 section 7.3.5), whose holder agreed.
  public Outcome<Account> changeKey(Account account, AccountKey fresh) {
    return change(
        account,
        (work, known) ->
            work.tx().acme().accountOfKey(fresh.thumbprint()).isPresent()
                ? Outcome.refused(AcmeRefusal.KEY_IN_USE)
                : Outcome.done(known.with(fresh)));
  }

  private Outcome<Account> change(
      Account account, java.util.function.BiFunction<Work, Account, Outcome<Account>> change) {
    Function<Work, Outcome<Account>> body =
        work ->
            work.tx()
                .acme()
                .account(account.id())
                .filter(known -> known.key().equals(account.key()))
                .map(AcmeAccounts::active)
                .orElseGet(() -> Outcome.refused(AcmeRefusal.ACCOUNT_UNKNOWN))
                .then(known -> change.apply(work, known))
                .map(changed -> {
                  work.tx().acme().put(changed);
                  return changed;
                });
    return changes.commit(Actor.SYSTEM, body);
  }
}
