// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.profile;

import dev.vigil.kernel.Bytes;
import java.io.StringWriter;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// A value of Apple's property lists, and how it is written in XML (the DTD `PropertyList-1.0`).
sealed interface Plist {

  /// Values by name, in this order.
  record Dictionary(Map<String, Plist> entries) implements Plist {
    public Dictionary {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  record Array(List<Plist> values) implements Plist {
    public Array {
      values = List.copyOf(values);
    }
  }

  record Text(String value) implements Plist {}

  record Whole(int value) implements Plist {}

  record Data(Bytes value) implements Plist {}

  /// A truth value.
  enum Flag implements Plist {
    TRUE,
    FALSE
  }

  /// The whole document.
  default String document() {
    var text = new StringWriter();
    try {
      var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeDTD(
          "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\""
              + " \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">");
      xml.writeCharacters("\n");
      xml.writeStartElement("plist");
      xml.writeAttribute("version", "1.0");
      write(this, xml);
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("text in memory can be written", e);
    }
    return text + "\n";
  }

  private static void write(Plist value, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeCharacters("\n");
    switch (value) {
      case Dictionary(Map<String, Plist> entries) -> {
        xml.writeStartElement("dict");
        for (var entry : entries.entrySet()) {
          xml.writeCharacters("\n");
          element("key", entry.getKey(), xml);
          write(entry.getValue(), xml);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
      }
      case Array(List<Plist> values) -> {
        xml.writeStartElement("array");
        for (Plist one : values) write(one, xml);
        xml.writeCharacters("\n");
        xml.writeEndElement();
      }
      case Text(String text) -> element("string", text, xml);
      case Whole(int number) -> element("integer", Integer.toString(number), xml);
      case Data(Bytes bytes) ->
          element("data", Base64.getEncoder().encodeToString(bytes.toArray()), xml);
      case Flag flag -> xml.writeEmptyElement(flag == Flag.TRUE ? "true" : "false");
    }
  }

  private static void element(String name, String text, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }
}
