// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.kernel.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// Reads XML from strangers: no document type, so no entities; nothing is fetched; what is long,
/// deep or wide is refused.
final class SafeXml {

  /// What a message may be long, in bytes, before and after decompression.
  static final int LONGEST_MESSAGE = 64 * 1024;

  /// What metadata may be long, in bytes.
  static final int LONGEST_METADATA = 256 * 1024;

  private static final String DEEPEST = "32";
  private static final String MOST_ATTRIBUTES = "32";

  private SafeXml() {}

  /// The document in these bytes, without comments or processing instructions anywhere: a comment
  /// within a name has made one person pass for another.
  static Outcome<Document> message(byte[] bytes) {
    return parsed(bytes, LONGEST_MESSAGE)
        .then(document ->
            plain(document)
                ? Outcome.done(document)
                : Outcome.refused(SamlRefusal.XML, "it has a comment or a processing instruction"));
  }

  /// The document in these bytes; comments may stand between elements.
  static Outcome<Document> metadata(byte[] bytes) {
    return parsed(bytes, LONGEST_METADATA);
  }

  private static Outcome<Document> parsed(byte[] bytes, int longest) {
    if (bytes.length > longest)
      return Outcome.refused(SamlRefusal.TOO_LARGE, "at most " + longest + " bytes");
    try {
      return Outcome.done(builder().parse(new InputSource(new ByteArrayInputStream(bytes))));
    } catch (SAXException | IOException e) {
      return Outcome.refused(SamlRefusal.XML);
    }
  }

  private static boolean plain(Node node) {
    for (var child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      short type = child.getNodeType();
      if (type == Node.COMMENT_NODE || type == Node.PROCESSING_INSTRUCTION_NODE || !plain(child))
        return false;
    }
    return true;
  }

  /// An empty document to write to.
  static Document empty() {
    return builder().newDocument();
  }

  private static DocumentBuilder builder() {
    try {
      var factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      factory.setAttribute("jdk.xml.maxElementDepth", DEEPEST);
      factory.setAttribute("jdk.xml.elementAttributeLimit", MOST_ATTRIBUTES);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      factory.setCoalescing(true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new Strict());
      return builder;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java platform has a parser that can be made safe", e);
    }
  }

  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException exception) throws SAXException {
      throw exception;
    }

    @Override
    public void error(SAXParseException exception) throws SAXException {
      throw exception;
    }

    @Override
    public void fatalError(SAXParseException exception) throws SAXException {
      throw exception;
    }
  }

  /// The text of an element that we wrote.
  static String written(Element element) {
    try {
      var factory = TransformerFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      var transformer = factory.newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      var text = new StringWriter();
      transformer.transform(new DOMSource(element), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("a document of ours cannot be written", e);
    }
  }
}
