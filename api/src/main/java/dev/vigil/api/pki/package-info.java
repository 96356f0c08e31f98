// SPDX-License-Identifier: Apache-2.0
/// What outside verifiers ask of certificates: revocation lists, OCSP, the intermediates; and the
/// administrator's act that revokes one. Start with [PkiRoutes].
@NullMarked
package dev.vigil.api.pki;

import org.jspecify.annotations.NullMarked;
