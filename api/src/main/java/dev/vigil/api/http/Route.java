// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import java.util.Optional;

/// One door of the API: method, path, who may use it, what content it takes, and what it does.
/// There is no way to make one without a caller.
///
/// @param path segments separated by `/`; `{name}` stands for one segment of any text
/// @param perSource how often one source address may use it; empty for no limit
/// @param <P> what the caller has proven
public record Route<P>(
    String method,
    String path,
    Caller<P> caller,
    Body body,
    Handler<P> handler,
    Optional<Rate> perSource) {

  /// Answers a request of a caller who has proven what the route asks for. Runs on a virtual thread
  /// and may block.
  @FunctionalInterface
  public interface Handler<P> {
    Response handle(Request request, P proven);
  }

  /// A route that takes no content.
  public static <P> Route<P> get(String path, Caller<P> caller, Handler<P> handler) {
    return new Route<>("GET", path, caller, Body.none(), handler, Optional.empty());
  }

  public static <P> Route<P> post(String path, Caller<P> caller, Body body, Handler<P> handler) {
    return new Route<>("POST", path, caller, body, handler, Optional.empty());
  }

  public static <P> Route<P> put(String path, Caller<P> caller, Body body, Handler<P> handler) {
    return new Route<>("PUT", path, caller, body, handler, Optional.empty());
  }

  /// A route that takes no content.
  public static <P> Route<P> delete(String path, Caller<P> caller, Handler<P> handler) {
    return new Route<>("DELETE", path, caller, Body.none(), handler, Optional.empty());
  }

  /// The same route with a limit for each source address.
  public Route<P> limited(Rate rate) {
    return new Route<>(method, path, caller, body, handler, Optional.of(rate));
  }

  /// One line for the golden file: method, path, caller, content, limit.
  public String describe() {
    String takes = body.mediaType().isEmpty() ? "-" : body.mediaType() + " <=" + body.limit();
    String limit =
        perSource.map(rate -> rate.burst() + "/" + rate.window().toSeconds() + "s").orElse("-");
    return String.join("  ", method, path, caller.label(), takes, limit);
  }
}
