// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.openid;

import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A machine's key, for which it gets a certificate, in PEM as other software reads it.
record Machine(KeyPair pair) {

  static Machine generate() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return new Machine(generator.generateKeyPair());
  }

  String certificateRequest() throws IOException {
    try {
      return pem(
          new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=machine"), pair.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new IOException(e);
    }
  }

  String privateKey() throws IOException {
    PrivateKey key = pair.getPrivate();
    return pem(new JcaPKCS8Generator(key, null));
  }

  private static String pem(Object one) throws IOException {
    var text = new StringWriter();
    try (var pem = new JcaPEMWriter(text)) {
      pem.writeObject(one);
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "Machine(hidden)";
  }
}
