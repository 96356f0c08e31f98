// SPDX-License-Identifier: Apache-2.0
/// EST (RFC 7030): certificates over HTTPS, with a password for the first and the certificate
/// itself for the next. Start with [EstRoutes].
@NullMarked
package dev.vigil.api.est;

import org.jspecify.annotations.NullMarked;
