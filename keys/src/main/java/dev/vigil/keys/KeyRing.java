// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.TimeSource;
import dev.vigil.pki.Authority;
import dev.vigil.pki.Branch;
import dev.vigil.pki.Hierarchy;
import dev.vigil.pki.Issuer;
import dev.vigil.pki.KeyThumbprint;
import dev.vigil.pki.KeyUnavailable;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// All signing keys of this process, one per purpose, kept in an encrypted file whose password
/// comes from outside; those of authorities perhaps in a PKCS#11 token. Refusals are [KeyRefusal]s.
public final class KeyRing {

  /// How long a key for tokens that was rotated away still verifies: longer than any token lives.
  static final Duration KEPT = Duration.ofHours(1);

  private static final Duration SERVER_MARGIN = Duration.ofDays(30);
  private static final int SHORTEST_PASSWORD = 16;

  private final KeyFile file;
  private final Secret password;
  private final Founding founding;
  private final TimeSource time;
  private final Entropy entropy;
  private final AtomicLong epoch = new AtomicLong(1);
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private volatile Holding holding;

  private KeyRing(Setting setting, Holding holding) {
    this.file = setting.file;
    this.password = setting.password;
    this.founding = setting.founding;
    this.time = setting.time;
    this.entropy = setting.entropy;
    this.holding = holding;
  }

  private record Setting(
      KeyFile file, Secret password, Founding founding, TimeSource time, Entropy entropy) {}

  /// Opens the key store in this folder; makes it, with every key, if there is none. The process
  /// must be the only one that uses the folder.
  ///
  /// @param password at least 16 bytes, from outside the data folder
  public static Outcome<KeyRing> open(
      Path folder, Secret password, Founding founding, TimeSource time, Entropy entropy) {
    if (password.reveal().length < SHORTEST_PASSWORD)
      return Outcome.refused(KeyRefusal.PASSWORD_SHORT);
    var setting = new Setting(new KeyFile(folder), password, founding, time, entropy);
    if (!setting.file.exists()) return create(setting);
    return setting
        .file
        .read()
        .then(content -> Container.read(content, password, founding.token()))
        .then(holding -> grown(setting, holding))
        .then(Holding::complete)
        .map(holding -> new KeyRing(setting, holding));
  }

  /// A key store from before a purpose that needs no root gets its key now.
  private static Outcome<Holding> grown(Setting setting, Holding before) {
    return Founding.grown(before, setting.time.now(), setting.entropy)
        .map(whole -> setting.file.write(Container.write(whole, setting.password)).map(_ -> whole))
        .orElseGet(() -> Outcome.done(before));
  }

  private static <T> Outcome<T> withToken(Supplier<Outcome<T>> act) {
    try {
      return act.get();
    } catch (KeyUnavailable e) {
      return Outcome.refused(KeyRefusal.TOKEN_AWAY, e.reason());
    }
  }

  private static Outcome<KeyRing> create(Setting setting) {
    return withToken(() -> {
      var first = setting.founding.first(setting.time.now(), setting.entropy);
      return setting
          .file
          .write(Container.write(first, setting.password))
          .map(_ -> new KeyRing(setting, first));
    });
  }

  /// The intermediate of a branch, ready to check and sign.
  public Authority authority(Branch branch) {
    var key = holding.require(KeyPurpose.of(branch));
    return new Authority(branch, new Issuer(key.certificate(), key));
  }

  /// Whose certificates clients may show: the intermediates, and those that were rotated away while
  /// certificates from them may live.
  public List<X509Certificate> clientAuthorities() {
    return clientAuthorities(one -> one.old() == Old.STILL_VERIFIES);
  }

  /// The same and those that are distrusted: their certificates are refused, but their owners are
  /// known, and can be told what to do.
  public List<X509Certificate> knownClientAuthorities() {
    return clientAuthorities(_ -> true);
  }

  private List<X509Certificate> clientAuthorities(Predicate<Holding.Retired> wanted) {
    var snapshot = holding;
    var now = time.now();
    return Arrays.stream(Branch.values())
        .map(KeyPurpose::of)
        .flatMap(purpose ->
            Stream.concat(
                Stream.of(snapshot.require(purpose).certificate()),
                snapshot.retired().stream()
                    .filter(one -> one.purpose() == purpose && one.knownAt(now))
                    .filter(wanted)
                    .map(Holding.Retired::certificate)))
        .toList();
  }

  /// When the authority of this branch was last replaced because it is not believed any more; empty
  /// if it never was, or long ago.
  public Optional<Instant> distrustedAt(Branch branch) {
    return holding.retired().stream()
        .filter(one -> one.purpose() == KeyPurpose.of(branch) && one.old() == Old.DISTRUSTED)
        .map(Holding.Retired::at)
        .max(Comparator.naturalOrder());
  }

  /// Every key there is.
  public List<ShownKey> shown() {
    return ShownKey.of(holding, time.now());
  }

  /// Has this run after every change of the keys, on the thread that changes them.
  public void onChange(Runnable watcher) {
    watchers.add(watcher);
  }

  /// What every client and server trusts.
  public X509Certificate rootCertificate() {
    return holding.root();
  }

  /// What this server shows and proves in TLS handshakes.
  public ServerIdentity server() {
    var key = holding.requireHere(KeyPurpose.SERVER);
    return new ServerIdentity(key.privateKey(), key.certificate());
  }

  /// The server's key for a TLS stack of this process. Not a record: it must not print itself.
  public static final class ServerIdentity {
    private final PrivateKey key;
    private final X509Certificate certificate;

    private ServerIdentity(PrivateKey key, X509Certificate certificate) {
      this.key = key;
      this.certificate = certificate;
    }

    /// The private key itself. Every call of this method is a place to review.
    public PrivateKey revealKey() {
      return key;
    }

    /// The chain to present: the server's own certificate, which the root signed.
    public List<X509Certificate> chain() {
      return List.of(certificate);
    }

    @Override
    public String toString() {
      return "ServerIdentity(hidden)";
    }
  }

  /// Whether the server's certificate runs out within 30 days or names other hosts than this server
  /// has now; rotating [KeyPurpose#SERVER] makes a fitting one.
  public boolean serverNeedsRenewal() {
    var certificate = holding.require(KeyPurpose.SERVER).certificate();
    boolean ending = certificate.getNotAfter().toInstant().isBefore(time.now().plus(SERVER_MARGIN));
    return ending || !Hierarchy.hostsOf(certificate).equals(Set.copyOf(founding.hosts()));
  }

  /// What becomes of a key that is rotated away.
  public enum Old {
    /// It verifies until what it signed has expired.
    STILL_VERIFIES,
    /// It is not believed any more, nor are any rotated away before it.
    DISTRUSTED
  }

  /// Makes a new key for a purpose and signs with it from now on. For an authority or the server
  /// the root key must be here.
  public synchronized Outcome<KeyPurpose> rotate(KeyPurpose purpose, Old old) {
    return switch (purpose) {
      case ROOT -> Outcome.refused(KeyRefusal.ROOT_NOT_ROTATED);
      case ACCESS_TOKENS, IDENTITY_ASSERTIONS, ID_TOKENS, CLIENT_ASSERTIONS ->
          replace(purpose, Founding.freshForTokens(purpose, time.now(), entropy), old);
      // Nothing of ours verifies with the key for SAML, so none is kept for that.
      case SAML -> replace(purpose, Founding.freshForSaml(time.now(), entropy), Old.DISTRUSTED);
      case SCEP_RA -> replace(purpose, freshForScep(), Old.DISTRUSTED);
      case DEVICE_AUTHORITY, PARTNER_AUTHORITY, WORKLOAD_AUTHORITY, SERVER ->
          root()
              .then(root ->
                  withToken(() ->
                      replace(purpose, founding.fresh(purpose, root, time.now(), entropy), old)));
    };
  }

  private Outcome<Issuer> root() {
    return holding
        .find(KeyPurpose.ROOT)
        .map(key -> Outcome.done(new Issuer(key.certificate(), key)))
        .orElseGet(() -> Outcome.refused(KeyRefusal.ROOT_AWAY));
  }

  private Outcome<KeyPurpose> replace(KeyPurpose purpose, Held fresh, Old old) {
    var now = time.now().truncatedTo(ChronoUnit.SECONDS);
    var next = holding.knownAt(now).with(purpose, fresh);
    if (old == Old.DISTRUSTED) next = next.distrusting(purpose, now);
    var former = holding.find(purpose);
    var retired = former.map(key -> new Holding.Retired(purpose, key.certificate(), now, old));
    return keep(retired.map(next::retiring).orElse(next))
        .map(_ -> {
          former.ifPresent(KeyRing::destroy);
          return purpose;
        });
  }

  /// What was in the file is gone from it; what was in a token is destroyed there. If the token is
  /// away just then the key stays in it, and nobody asks it for anything any more.
  private static void destroy(Held former) {
    if (!(former instanceof TokenKey key) || key.token().isEmpty()) return;
    try {
      boolean _ = key.token().get().ask(open -> open.destroy(key));
    } catch (KeyUnavailable e) {
      return;
    }
  }

  private Outcome<Path> keep(Holding next) {
    return file.write(Container.write(next, password))
        .map(path -> {
          holding = next;
          epoch.incrementAndGet();
          watchers.forEach(Runnable::run);
          return path;
        });
  }

  /// The root key and its certificate as PKCS#12 under this password, to be kept elsewhere. The
  /// password inside is the base64 of the given bytes.
  public Outcome<Bytes> exportRoot(Secret exportPassword) {
    if (exportPassword.reveal().length < SHORTEST_PASSWORD)
      return Outcome.refused(KeyRefusal.PASSWORD_SHORT);
    var now = holding;
    if (rootInToken()) return Outcome.refused(KeyRefusal.ROOT_IN_TOKEN);
    return now.find(KeyPurpose.ROOT)
        .map(key -> new Holding(Map.of(KeyPurpose.ROOT, key), List.of(), now.root()))
        .map(root -> Outcome.done(Bytes.of(Container.write(root, exportPassword))))
        .orElseGet(() -> Outcome.refused(KeyRefusal.ROOT_AWAY));
  }

  /// Whether this export would bring this root key back: to be asked before it is removed.
  public Outcome<KeyPurpose> checkExport(Bytes export, Secret exportPassword) {
    return rootIn(export, exportPassword).map(_ -> KeyPurpose.ROOT);
  }

  private boolean rootInToken() {
    return holding.find(KeyPurpose.ROOT).filter(TokenKey.class::isInstance).isPresent();
  }

  private Outcome<Held> rootIn(Bytes export, Secret exportPassword) {
    return Container.read(export.toArray(), exportPassword, Optional.empty())
        .then(read ->
            read.find(KeyPurpose.ROOT)
                .filter(key -> key.certificate().equals(holding.root()))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused(KeyRefusal.ROOT_OF_ANOTHER)));
  }

  /// Removes the root key from this machine. Everything but rotating authorities and the server's
  /// key goes on. Whoever calls this has kept an export and checked it.
  public synchronized Outcome<KeyPurpose> removeRoot() {
    if (holding.find(KeyPurpose.ROOT).isEmpty()) return Outcome.refused(KeyRefusal.ROOT_AWAY);
    if (rootInToken()) return Outcome.refused(KeyRefusal.ROOT_IN_TOKEN);
    return keep(holding.without(KeyPurpose.ROOT)).map(_ -> KeyPurpose.ROOT);
  }

  /// Brings the root key back from its export.
  public synchronized Outcome<KeyPurpose> restoreRoot(Bytes export, Secret exportPassword) {
    if (holding.find(KeyPurpose.ROOT).isPresent()) return Outcome.refused(KeyRefusal.ROOT_PRESENT);
    return rootIn(export, exportPassword)
        .then(key -> keep(holding.with(KeyPurpose.ROOT, key)))
        .map(_ -> KeyPurpose.ROOT);
  }

  /// Whether the root key is on this machine.
  public boolean rootPresent() {
    return holding.find(KeyPurpose.ROOT).isPresent();
  }

  /// Changes whenever keys do.
  public long epoch() {
    return epoch.get();
  }

  /// The key for SAML, which is made and kept now if there is none.
  ///
  /// @throws IllegalStateException if it cannot be kept
  synchronized HeldKey saml() {
    return late(KeyPurpose.SAML, _ -> true, () -> Founding.freshForSaml(time.now(), entropy));
  }

  /// The key for SCEP's registration authority, which is made and kept now if there is none, if it
  /// runs out soon, or if another authority certified it than the one that issues now.
  ///
  /// @throws IllegalStateException if it cannot be kept
  synchronized HeldKey scep() {
    return late(KeyPurpose.SCEP_RA, this::registers, this::freshForScep);
  }

  private HeldKey late(KeyPurpose purpose, Predicate<Held> good, Supplier<HeldKey> making) {
    if (holding.find(purpose).filter(good).isPresent()) return holding.requireHere(purpose);
    var fresh = making.get();
    return switch (keep(holding.with(purpose, fresh))) {
      case Outcome.Done<Path> _ -> fresh;
      case Outcome.Refused<Path>(var refusal, String _) ->
          throw new IllegalStateException(refusal.says());
    };
  }

  private HeldKey freshForScep() {
    var key = holding.require(KeyPurpose.DEVICE_AUTHORITY);
    return Founding.freshForScep(new Issuer(key.certificate(), key), time.now(), entropy);
  }

  private boolean registers(Held key) {
    var authority = holding.require(KeyPurpose.DEVICE_AUTHORITY).certificate();
    var end = key.certificate().getNotAfter().toInstant();
    try {
      key.certificate().verify(authority.getPublicKey());
      return end.equals(authority.getNotAfter().toInstant())
          || end.isAfter(time.now().plus(SERVER_MARGIN));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  HeldKey current(KeyPurpose purpose) {
    return holding.requireHere(purpose);
  }

  /// The keys that verify now, by `kid`, the current one first.
  Map<String, ECPublicKey> verifying(KeyPurpose purpose, Instant now) {
    var snapshot = holding;
    var keys = new LinkedHashMap<String, ECPublicKey>();
    var current = snapshot.requireHere(purpose);
    keys.put(current.kid(), current.publicKey());
    for (Holding.Retired one : snapshot.retired()) {
      if (!one.verifies(purpose, now)) continue;
      var key = HeldKey.publicKeyOf(one.certificate());
      keys.put(KeyThumbprint.of(key).toString(), key);
    }
    return keys;
  }
}
