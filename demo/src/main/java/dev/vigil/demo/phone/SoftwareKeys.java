// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import dev.vigil.sdk.port.DeviceKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;

/// A device key in memory, for demonstrations and tests.
public final class SoftwareKeys implements DeviceKeys {

  private Optional<KeyPair> pair = Optional.empty();

  @Override
  public synchronized Optional<ECPublicKey> publicKey() {
    return pair.map(held -> (ECPublicKey) held.getPublic());
  }

  @Override
  public synchronized ECPublicKey generate() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    pair = Optional.of(generator.generateKeyPair());
    return (ECPublicKey) pair.get().getPublic();
  }

  @Override
  public byte[] sign(byte[] data) throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(handle());
    signature.update(data);
    return signature.sign();
  }

  @Override
  public synchronized PrivateKey handle() throws GeneralSecurityException {
    return pair.orElseThrow(() -> new GeneralSecurityException("there is no key yet")).getPrivate();
  }

  @Override
  public String toString() {
    return "SoftwareKeys(hidden)";
  }
}
