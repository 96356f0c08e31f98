// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.said;

import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.posture.SignalForm;
import dev.vigil.posture.SignalName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Collects what a product says of one device. What is missing, of another type or not of the
/// signal's form is left out: a product that writes nonsense has said nothing.
public final class Saying {

  private static final int LONGEST_ID = 200;
  private static final Pattern VERSION =
      Pattern.compile("(?:[A-Za-z ]{1,20} )?([0-9]{1,9}(?:\\.[0-9]{1,9}){0,5})");
  private static final int DAY = 10;
  private static final Instant Y2000 = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant Y2100 = Instant.parse("2100-01-01T00:00:00Z");

  private final Map<SignalName, String> says = new EnumMap<>(SignalName.class);

  /// This value, if it is of the signal's form.
  public Saying value(SignalName name, String value) {
    if (value.length() <= SignalForm.LONGEST && name.read(value).isPresent()) says.put(name, value);
    return this;
  }

  /// Yes or no.
  public Saying flag(SignalName name, boolean value) {
    return value(name, Boolean.toString(value));
  }

  /// The text of a member.
  public Saying text(SignalName name, JsonNode member) {
    return value(name, member.asString(""));
  }

  /// The yes or no of a member; texts and numbers are neither.
  public Saying flag(SignalName name, JsonNode member) {
    return member.isBoolean() ? flag(name, member.booleanValue()) : this;
  }

  /// The opposite of a member that is yes or no.
  public Saying not(SignalName name, JsonNode member) {
    return member.isBoolean() ? flag(name, !member.booleanValue()) : this;
  }

  /// What a member's word stands for; a word that is not in the list says nothing.
  public Saying word(SignalName name, JsonNode member, Map<String, String> words) {
    return value(name, words.getOrDefault(member.asString(""), ""));
  }

  /// A version, with or without the system's name before it: `Android 8.1.0`, `16.3`.
  public Saying version(SignalName name, JsonNode member) {
    var match = VERSION.matcher(member.asString(""));
    return match.matches() ? value(name, match.group(1)) : this;
  }

  /// A day, or the day in UTC of a time that ends in `Z`.
  public Saying day(SignalName name, JsonNode member) {
    String text = member.asString("");
    boolean time = text.length() > DAY && text.charAt(DAY) == 'T' && text.endsWith("Z");
    return value(name, time ? text.substring(0, DAY) : text);
  }

  /// Whether a member is there and says yes.
  public static boolean yes(JsonNode member) {
    return member.isBoolean() && member.booleanValue();
  }

  /// All of it, of this device.
  ///
  /// @param observed when the product saw it, if it says so
  public DeviceSaid of(DeviceSaid.Ids id, Optional<Instant> observed) {
    return new DeviceSaid(id, says, observed);
  }

  /// The product's own id of a device, or empty if this cannot be one: 1 to 200 printable
  /// characters without spaces.
  public static Optional<String> id(JsonNode member) {
    return Optional.of(member.asString(""))
        .filter(text -> !text.isEmpty() && text.length() <= LONGEST_ID)
        .filter(text -> text.chars().allMatch(c -> c > ' ' && c < 0x7f));
  }

  /// A device known by the product's own id only, with what is shown to people beside it.
  public static DeviceSaid.Ids ids(String management, JsonNode serialNumber, JsonNode user) {
    return new DeviceSaid.Ids(
        management, Optional.empty(), Optional.empty(), id(serialNumber), id(user));
  }

  /// A time of RFC 3339, if the member is one.
  public static Optional<Instant> time(JsonNode member) {
    try {
      return Optional.of(member.asString("")).filter(text -> !text.isEmpty()).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// A time in milliseconds since 1970, if the member is such a number after 2000 and before 2100.
  public static Optional<Instant> millis(JsonNode member) {
    return Optional.of(member)
        .filter(JsonNode::isIntegralNumber)
        .filter(JsonNode::canConvertToLong)
        .map(node -> Instant.ofEpochMilli(node.longValue()))
        .filter(at -> at.isAfter(Y2000) && at.isBefore(Y2100));
  }
}
