// SPDX-License-Identifier: Apache-2.0
/// People and groups as an identity platform keeps them here over SCIM 2.0 (RFC 7643, 7644): who
/// may (see [Providers]), people ([Users]) and groups ([Groups]). A provider sees and changes only
/// what it brought itself or was allowed to adopt; it can never give or take a role of Vigil's
/// administration. [Patches] has the shapes that Microsoft Entra ID and Okta really send.
@NullMarked
package dev.vigil.admission.provisioning;

import org.jspecify.annotations.NullMarked;
