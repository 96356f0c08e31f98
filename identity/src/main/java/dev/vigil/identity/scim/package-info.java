// SPDX-License-Identifier: Apache-2.0
/// SCIM 2.0 without any wire or store: the grammar of filters and of PATCH paths within limits (RFC
/// 7644 figures 1 and 7), the attributes of users and groups (RFC 7643), and why a provisioning
/// request is refused. Start with [FilterParser] and [Schema].
@NullMarked
package dev.vigil.identity.scim;

import org.jspecify.annotations.NullMarked;
