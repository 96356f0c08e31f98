// SPDX-License-Identifier: Apache-2.0
/// SCEP (RFC 8894): certificates for devices that a management product sets up. Start with
/// [ScepRoutes]; what a message leads to is in [PkiOperation].
@NullMarked
package dev.vigil.api.scep;

import org.jspecify.annotations.NullMarked;
