// SPDX-License-Identifier: Apache-2.0
/// What other products send by themselves. Start with [WebhookRoutes] and [NoticeRoutes].
@NullMarked
package dev.vigil.api.feed;

import org.jspecify.annotations.NullMarked;
