// SPDX-License-Identifier: Apache-2.0
/// The server's configuration: typed, every problem at once, unknown keys refused with a
/// suggestion.
///
/// Start with [Configuration]; [ConfigurationReader] reads it from YAML.
@NullMarked
package dev.vigil.server.config;

import org.jspecify.annotations.NullMarked;
