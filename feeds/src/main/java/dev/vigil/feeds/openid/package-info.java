// SPDX-License-Identifier: Apache-2.0
/// Other OpenID providers on the network: discovery, keys, the code's exchange, groups. Everything
/// that comes from there is bounded in size and time. Start reading at [OpenIdProvider].
@NullMarked
package dev.vigil.feeds.openid;

import org.jspecify.annotations.NullMarked;
