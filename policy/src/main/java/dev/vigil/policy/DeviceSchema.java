// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import static dev.vigil.policy.FactType.BOOLEAN;
import static dev.vigil.policy.FactType.DATE;
import static dev.vigil.policy.FactType.STRING;
import static dev.vigil.policy.FactType.STRINGS;
import static dev.vigil.policy.FactType.VERSION;

/// What is declared of devices.
final class DeviceSchema {

  private DeviceSchema() {}

  static void declare(FactsSchema schema) {
    schema.fact(Entity.DEVICE, "id", STRING, "the device's opaque id");
    schema.fact(Entity.DEVICE, "active", BOOLEAN, "whether the device is enrolled and not revoked");
    schema.fact(
        Entity.DEVICE,
        "platform",
        STRING,
        "the operating system",
        "android",
        "ios",
        "ipados",
        "macos",
        "windows",
        "linux");
    schema.fact(Entity.DEVICE, "model", STRING, "the maker's name of the model");
    schema.fact(Entity.DEVICE, "os_version", VERSION, "the operating system's version");
    schema.fact(Entity.DEVICE, "patch_date", DATE, "the date of the security patch level");
    schema.fact(Entity.DEVICE, "managed", BOOLEAN, "whether the organisation manages the device");
    schema.fact(Entity.DEVICE, "corporate", BOOLEAN, "whether the organisation owns the device");
    schema.fact(
        Entity.DEVICE,
        "compliant",
        BOOLEAN,
        "whether the management product calls the device compliant");
    schema.fact(Entity.DEVICE, "encrypted", BOOLEAN, "whether storage is encrypted");
    schema.fact(Entity.DEVICE, "screen_lock", BOOLEAN, "whether a screen lock is set");
    schema.fact(Entity.DEVICE, "rooted", BOOLEAN, "whether the device is rooted or jailbroken");
    schema.fact(
        Entity.DEVICE, "secure_boot", BOOLEAN, "whether the device booted verified software only");
    schema.fact(
        Entity.DEVICE,
        "threat_level",
        STRING,
        "the threat level seen on the device",
        "none",
        "low",
        "medium",
        "high");
    schema.fact(
        Entity.DEVICE, "hardware_key", BOOLEAN, "whether the device's key is kept in hardware");
    schema.fact(
        Entity.DEVICE,
        "attestation",
        STRING,
        "where an attestation that was verified says the device's key is kept",
        "none",
        "software",
        "hardware");
    attestations(schema);
  }

  private static void attestations(FactsSchema schema) {
    schema.fact(
        Entity.DEVICE,
        "attestation_root",
        STRING,
        "whose root stands behind the attestation: the vendor's, or a test root that was configured"
            + " for development",
        "vendor",
        "test");
    schema.fact(
        Entity.DEVICE,
        "key_protection",
        STRING,
        "where the device's key is kept",
        "software",
        "tee",
        "strongbox",
        "secure-enclave",
        "tpm");
    schema.fact(
        Entity.DEVICE,
        "key_unlock",
        STRING,
        "what the person must do before the device's key signs",
        "none",
        "credential",
        "biometric");
    schema.fact(Entity.DEVICE, "bootloader_locked", BOOLEAN, "whether the bootloader is locked");
    schema.fact(
        Entity.DEVICE,
        "verified_boot",
        STRING,
        "what the device verified of the software that it booted",
        "verified",
        "self-signed",
        "unverified",
        "failed");
    schema.fact(
        Entity.DEVICE,
        "vendor_patch_date",
        DATE,
        "the date of the patch level of the maker's own software");
    schema.fact(
        Entity.DEVICE, "boot_patch_date", DATE, "the date of the patch level of the boot image");
    schema.fact(Entity.DEVICE, "developer_mode", BOOLEAN, "whether developer options are on");
    schema.fact(
        Entity.DEVICE,
        "patch_current",
        BOOLEAN,
        "whether the security patch is as new as the organisation asked a phone in privacy mode");
    schema.fact(
        Entity.DEVICE,
        "os_current",
        BOOLEAN,
        "whether the system's version is as new as the organisation asked a phone in privacy mode");
    schema.fact(Entity.DEVICE, "app_name", STRING, "the app that speaks for the device");
    schema.fact(
        Entity.DEVICE,
        "app_signer",
        STRING,
        "SHA-256 of the certificate that signed the app, in hexadecimal");
    schema.fact(
        Entity.DEVICE,
        "app_integrity",
        STRING,
        "whether the store knows the app as its own",
        "unrecognized",
        "recognized");
    schema.fact(
        Entity.DEVICE,
        "device_integrity",
        STRING,
        "how far the vendor vouches for the device's integrity",
        "none",
        "basic",
        "device",
        "strong");
    schema.fact(
        Entity.DEVICE,
        "app_access_risk",
        STRING,
        "what other apps on the device could do to this one",
        "none",
        "capturing",
        "controlling");
    schema.fact(
        Entity.DEVICE,
        "contradictions",
        STRINGS,
        "what sources of different tiers say of the device that cannot both be true, such as"
            + " `compliant/bootloader_locked`");
    releases(schema);
  }

  private static void releases(FactsSchema schema) {
    schema.fact(
        Entity.DEVICE,
        "update_due",
        DATE,
        "since when an update is out that the device lacks; 9999-12-31 if there is none. In the"
            + " future while the next one is only announced");
    schema.fact(
        Entity.DEVICE,
        "system_support_ends",
        DATE,
        "until when its maker patches this version of the operating system; 9999-12-31 if no end is"
            + " announced");
    schema.fact(
        Entity.DEVICE,
        "model_support_ends",
        DATE,
        "until when its maker patches this model; 9999-12-31 if no end is announced");
  }
}
