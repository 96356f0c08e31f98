// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.vigil.admission.webhook;

import org.jspecify.annotations.NullMarked;
