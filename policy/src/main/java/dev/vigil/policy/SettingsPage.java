// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A page of a phone's settings where something can be put right. Links are those that the
/// platforms document: Android's settings actions (`android.provider.Settings`) as intent URIs, and
/// on iPhones the one address that apps may open, the app's own settings
/// (`UIApplication.openSettingsURLString`).
public enum SettingsPage {
  SOFTWARE_UPDATE("android.settings.SYSTEM_UPDATE_SETTINGS"),
  SECURITY("android.settings.SECURITY_SETTINGS"),
  SCREEN_LOCK("android.app.action.SET_NEW_PASSWORD"),
  DEVELOPER_OPTIONS("android.settings.APPLICATION_DEVELOPMENT_SETTINGS"),
  APPS("android.settings.MANAGE_ALL_APPLICATIONS_SETTINGS"),
  DATE_AND_TIME("android.settings.DATE_SETTINGS"),
  ALL("android.settings.SETTINGS");

  private final String action;

  SettingsPage(String action) {
    this.action = action;
  }

  /// The word in policies and answers, such as `software-update`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The words of all pages.
  public static List<String> labels() {
    return Arrays.stream(values()).map(SettingsPage::label).toList();
  }

  /// The page of this word, if there is one.
  public static Optional<SettingsPage> find(String label) {
    return Arrays.stream(values()).filter(page -> page.label().equals(label)).findFirst();
  }

  /// What opens it, by platform.
  public Map<String, String> links() {
    var links = new LinkedHashMap<String, String>();
    links.put("android", "intent:#Intent;action=" + action + ";end");
    links.put("ios", "app-settings:");
    return links;
  }
}
