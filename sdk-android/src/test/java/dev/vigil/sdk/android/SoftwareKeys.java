// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import dev.vigil.sdk.port.DeviceKeys;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;

/// A device's key in memory, for tests without Android.
final class SoftwareKeys implements DeviceKeys {

  private final KeyPair pair = pair();

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A key that the platform will not use.
  static final class Lost implements DeviceKeys {
    @Override
    public Optional<ECPublicKey> publicKey() {
      return Optional.empty();
    }

    @Override
    public ECPublicKey generate() throws InvalidKeyException {
      throw new InvalidKeyException("lost");
    }

    @Override
    public byte[] sign(byte[] data) throws InvalidKeyException {
      throw new InvalidKeyException("lost");
    }

    @Override
    public PrivateKey handle() throws InvalidKeyException {
      throw new InvalidKeyException("lost");
    }
  }

  @Override
  public Optional<ECPublicKey> publicKey() {
    return Optional.of((ECPublicKey) pair.getPublic());
  }

  @Override
  public ECPublicKey generate() {
    return (ECPublicKey) pair.getPublic();
  }

  @Override
  public byte[] sign(byte[] data) throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(handle());
    signature.update(data);
    return signature.sign();
  }

  @Override
  public PrivateKey handle() {
    return pair.getPrivate();
  }
}
