// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vigil.admission.StrictJson;
import dev.vigil.api.profile.AppleProfile.Identity;
import dev.vigil.kernel.Bytes;
import dev.vigil.testkit.SeededEntropy;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;
import tools.jackson.databind.node.ObjectNode;

/// Apple configuration profiles, read by an XML parser against the grammar of property lists, and
/// by Python's property list reader.
class AppleProfileTest {

  private static final String TRICKY = "Bank & Söhne <\"GmbH\"> ]]> 😀";

  /// The structure that Apple's DTD (`PropertyList-1.0`) gives property lists, in our own words.
  private static final String GRAMMAR =
      """
      <!ENTITY %% value "(array|data|date|dict|real|integer|string|true|false)">
      <!ELEMENT plist %%value;>
      <!ATTLIST plist version CDATA "1.0">
      <!ELEMENT array (%%value;)*>
      <!ELEMENT dict (key, %%value;)*>
      <!ELEMENT key (#PCDATA)><!ELEMENT string (#PCDATA)><!ELEMENT data (#PCDATA)>
      <!ELEMENT date (#PCDATA)><!ELEMENT real (#PCDATA)><!ELEMENT integer (#PCDATA)>
      <!ELEMENT true EMPTY><!ELEMENT false EMPTY>
      """
          .replace("%%", "%");

  private static String profile(Identity identity) {
    return new AppleProfile(
            TRICKY,
            "Alice's iPhone <1>",
            "vigil.bank.example",
            identity,
            List.of(Bytes.of(new byte[] {0x30, 3, 2, 1, 7})))
        .write(new SeededEntropy(1));
  }

  private static String acme() {
    return profile(
        new Identity.Acme(URI.create("https://vigil.bank.example/acme/directory"), "s3cret&<"));
  }

  private static String scep() {
    return profile(
        new Identity.Scep(URI.create("https://vigil.bank.example/scep?a=b&c=d"), "s3cret&<"));
  }

  private static Element parsed(String text) throws Exception {
    var factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setValidating(true);
    var builder = factory.newDocumentBuilder();
    builder.setEntityResolver((_, _) -> new InputSource(new StringReader(GRAMMAR)));
    builder.setErrorHandler(
        new ErrorHandler() {
          @Override
          public void warning(SAXParseException e) throws SAXParseException {
            throw e;
          }

          @Override
          public void error(SAXParseException e) throws SAXParseException {
            throw e;
          }

          @Override
          public void fatalError(SAXParseException e) throws SAXParseException {
            throw e;
          }
        });
    return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
  }

  private static List<String> texts(Element root, String name) {
    var found = root.getElementsByTagName(name);
    var texts = new ArrayList<String>();
    for (int i = 0; i < found.getLength(); i++) texts.add(found.item(i).getTextContent());
    return texts;
  }

  @Test
  void profiles_follow_the_grammar_of_property_lists_and_keep_every_character() throws Exception {
    for (String profile : List.of(acme(), scep())) {
      var root = parsed(profile);
      assertThat(root.getNodeType()).isEqualTo(Node.ELEMENT_NODE);
      assertThat(texts(root, "string")).contains(TRICKY, "s3cret&<", "Alice's iPhone <1>");
      assertThat(texts(root, "string").stream().filter(text -> text.matches("[0-9A-F-]{36}")))
          .hasSize(3)
          .doesNotHaveDuplicates();
      assertThat(texts(root, "string"))
          .contains("example.bank.vigil.vigil.profile", "example.bank.vigil.vigil.identity");
    }
  }

  @Test
  void the_readers_of_others_find_what_a_device_needs() throws Exception {
    var acme = read(acme());
    var identity = acme.path("PayloadContent").get(1);
    assertThat(acme.path("PayloadType").asString("")).isEqualTo("Configuration");
    assertThat(identity.path("PayloadType").asString("")).isEqualTo("com.apple.security.acme");
    assertThat(identity.path("DirectoryURL").asString(""))
        .isEqualTo("https://vigil.bank.example/acme/directory");
    assertThat(identity.path("ClientIdentifier").asString("")).isEqualTo("s3cret&<");
    assertThat(identity.path("KeyType").asString("")).isEqualTo("ECSECPrimeRandom");
    assertThat(identity.path("KeySize").asInt(0)).isEqualTo(384);
    assertThat(identity.path("HardwareBound").asBoolean(false)).isTrue();
    assertThat(identity.path("Attest").asBoolean(false)).isTrue();
    assertThat(identity.path("Subject").get(0).get(0).get(1).asString(""))
        .isEqualTo("Alice's iPhone <1>");
    var root = acme.path("PayloadContent").get(0);
    assertThat(root.path("PayloadType").asString("")).isEqualTo("com.apple.security.root");
    assertThat(root.path("PayloadContent").asString("")).isEqualTo("MAMCAQc=");
    var scep = read(scep()).path("PayloadContent").get(1);
    assertThat(scep.path("PayloadType").asString("")).isEqualTo("com.apple.security.scep");
    assertThat(scep.path("PayloadContent").path("URL").asString(""))
        .isEqualTo("https://vigil.bank.example/scep?a=b&c=d");
    assertThat(scep.path("PayloadContent").path("Challenge").asString("")).isEqualTo("s3cret&<");
  }

  /// By Python's `plistlib`, as JSON.
  private static ObjectNode read(String profile) throws Exception {
    assumeThat(
            Stream.of("/usr/bin/python3", "/usr/local/bin/python3")
                .anyMatch(place -> Files.isExecutable(Path.of(place))))
        .as("python3 is installed")
        .isTrue();
    var program =
        "import sys,plistlib,json,base64;"
            + "print(json.dumps(plistlib.loads(sys.stdin.buffer.read()),"
            + "default=lambda b: base64.b64encode(b).decode()))";
    var process = new ProcessBuilder("python3", "-c", program).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(profile.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8), e);
    }
    byte[] said = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).as(new String(said, StandardCharsets.UTF_8)).isZero();
    return StrictJson.object(said);
  }

  @Test
  void the_configuration_of_an_android_app_says_where_to_sign_in_and_holds_no_secret() {
    var configuration =
        new AndroidConfiguration(
            "com.example.bank",
            URI.create("https://vigil.bank.example"),
            List.of(Bytes.of(new byte[] {0x30, 3, 2, 1, 7})),
            "alice@bank.example");
    var json =
        StrictJson.object(
            StrictJson.write(configuration.content()).getBytes(StandardCharsets.UTF_8));
    assertThat(json.path("kind").asString("")).isEqualTo("androidenterprise#managedConfiguration");
    assertThat(json.path("productId").asString("")).isEqualTo("app:com.example.bank");
    assertThat(json.path("managedProperty").get(0).path("valueString").asString(""))
        .isEqualTo("https://vigil.bank.example");
    assertThat(json.path("managedProperty").get(1).path("valueString").asString(""))
        .isEqualTo("-----BEGIN CERTIFICATE-----\nMAMCAQc=\n-----END CERTIFICATE-----\n");
  }
}
