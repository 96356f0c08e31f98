// SPDX-License-Identifier: Apache-2.0
/// The HTTP edge that every face of the API shares: routes that say who may use them, strict
/// bodies, refusals as problem documents (RFC 9457), limits and security headers.
///
/// To add a face: write a class with a method `List<Route<?>> routes()`. A route is made from a
/// method, a path with `{name}` segments, a [Caller] taken from [Doors], the [Body] it accepts and
/// a handler:
///
/// ```java
/// Route.get("/devices/{id}", doors.administrator(Role.HELP_DESK), (request, admin) -> Response.json(200, view(request.segment("id"))));
/// Route.post("/device/certificate", doors.keyHolder(), Body.json(), (request, holder) -> Response.of(useCase.renew(holder.proof()), this::view))
///     .limited(Rate.perMinute(30));
/// ```
///
/// Handlers run on virtual threads and may block. They receive what the caller has proven and
/// answer with a closed [Response]; what they throw becomes a 500 that shows nothing but a
/// reference. The server puts all routes into one [Routes] per listener and starts them with
/// [ApiServer]; [Routes#describe] lists them for the golden file.
///
/// Two listeners serve different lists: what needs a client certificate belongs to one with
/// [Listener.Channel.MutualTls].
///
/// Start with [Route], [Doors] and [Response].
@NullMarked
package dev.vigil.api.http;

import org.jspecify.annotations.NullMarked;
