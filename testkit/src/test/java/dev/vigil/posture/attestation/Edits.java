// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import dev.vigil.kernel.Bytes;
import java.util.Arrays;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/// What somebody could do to an attestation object on its way, still well-formed.
enum Edits {
  UNCHANGED("unchanged", _ -> {}),
  RENAMED("another format's name", tree -> tree.put("fmt", "packed")),
  LEAF_SPOILT("a bit of the first certificate's signature", tree -> flip(x5c(tree), 0)),
  ISSUER_SPOILT("a bit of the last certificate's signature", tree -> flip(x5c(tree), last(tree))),
  REORDERED(
      "certificates re-ordered",
      tree -> {
        var chain = x5c(tree);
        for (int i = chain.size() - 1; i > 0; i--) chain.add(chain.remove(i - 1));
      }),
  LEAF_ONLY(
      "the first certificate alone",
      tree -> x5c(tree).removeIf(one -> !one.equals(x5c(tree).get(0)))),
  OVER_LONG(
      "six certificates",
      tree -> {
        while (x5c(tree).size() < 6) x5c(tree).add(x5c(tree).get(0));
      }),
  EMPTY("no certificate", tree -> x5c(tree).removeAll());

  private static final CBORMapper CBOR = new CBORMapper();

  final String says;

  @SuppressWarnings("ImmutableEnumChecker") // every edit is a lambda that keeps nothing
  private final Consumer<ObjectNode> edit;

  Edits(String says, Consumer<ObjectNode> edit) {
    this.says = says;
    this.edit = edit;
  }

  /// The same statement, edited.
  Bytes of(Bytes statement) {
    var tree = (ObjectNode) CBOR.readTree(statement.toArray());
    edit.accept(tree);
    return Bytes.of(CBOR.writeValueAsBytes(tree));
  }

  /// The first half.
  static Bytes half(Bytes statement) {
    return Bytes.of(Arrays.copyOf(statement.toArray(), statement.size() / 2));
  }

  private static ArrayNode x5c(ObjectNode tree) {
    return (ArrayNode) tree.required("attStmt").required("x5c");
  }

  private static int last(ObjectNode tree) {
    return x5c(tree).size() - 1;
  }

  private static void flip(ArrayNode chain, int index) {
    byte[] certificate = chain.get(index).binaryValue().clone();
    certificate[certificate.length - 1] ^= 1;
    chain.set(index, chain.binaryNode(certificate));
  }
}
