// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import dev.vigil.sdk.port.Attestor;
import dev.vigil.sdk.port.DeviceKeys;
import dev.vigil.sdk.port.StateStore;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The platform of a phone in tests: a key, a store and a clock in memory.
final class Phone {

  final Keys keys = new Keys();
  final Store store = new Store();
  final Hands clock = new Hands(Instant.parse("2026-11-22T12:00:00Z"));
  Attestor attestor = Attestor.NONE;
  private final AtomicLong counter = new AtomicLong();

  /// A client on this phone; a second one is what a restart of the app makes.
  VigilClient client(FakeVigil server) {
    var profile =
        new Profile(
            FakeVigil.ISSUER,
            Profile.PHONE,
            Profile.CALLBACK,
            List.of(server.publicRoot()),
            "Ada's phone");
    return new VigilClient(
        profile, new Ports(keys, store, attestor, server::browse, server, clock, this::random));
  }

  private byte[] random(int count) {
    return java.nio.ByteBuffer.allocate(count).putLong(counter.incrementAndGet()).array();
  }

  static AppRequest balance() {
    return AppRequest.get(URI.create("https://banking.bank.test/balance?account=1"));
  }

  static final class Keys implements DeviceKeys {
    private @Nullable KeyPair pair;

    /// What a platform does to a key when the phone's locks change.
    void lose() {
      pair = null;
    }

    @Override
    public Optional<ECPublicKey> publicKey() {
      return Optional.ofNullable(pair).map(held -> (ECPublicKey) held.getPublic());
    }

    @Override
    public ECPublicKey generate() {
      var made = Authority.keyPair();
      pair = made;
      return (ECPublicKey) made.getPublic();
    }

    @Override
    public byte[] sign(byte[] data) throws GeneralSecurityException {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(handle());
      signature.update(data);
      return signature.sign();
    }

    @Override
    public PrivateKey handle() throws GeneralSecurityException {
      var held = pair;
      if (held == null) {
        throw new GeneralSecurityException("no key yet");
      }
      return held.getPrivate();
    }
  }

  static final class Store implements StateStore {
    private byte[] state = new byte[0];
    boolean broken;

    @Override
    public Optional<byte[]> load() {
      return state.length == 0 ? Optional.empty() : Optional.of(state.clone());
    }

    @Override
    public void save(byte[] bytes) throws IOException {
      if (broken) {
        throw new IOException("the disk is full");
      }
      state = bytes.clone();
    }

    @Override
    public void clear() {
      state = new byte[0];
    }
  }

  static final class Hands extends Clock {
    private Instant now;

    Hands(Instant now) {
      this.now = now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
