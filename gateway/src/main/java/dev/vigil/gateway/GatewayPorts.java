// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.access.AccessTokens;
import dev.vigil.access.Approvals;
import dev.vigil.access.DecisionRecords;
import dev.vigil.access.IdentityAssertions;
import dev.vigil.access.Streams;
import dev.vigil.access.World;
import dev.vigil.kernel.TimeSource;
import java.util.function.IntFunction;

/// All that the gateway asks of the rest of the house.
///
/// @param records makes the place of records of each event loop, by its index from 0
public record GatewayPorts(
    World world,
    Streams streams,
    AccessTokens tokens,
    IdentityAssertions assertions,
    Approvals approvals,
    IntFunction<DecisionRecords> records,
    TimeSource time) {}
