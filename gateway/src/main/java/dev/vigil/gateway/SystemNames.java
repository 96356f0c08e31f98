// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Looks names up as the system does, beside the event loop, which must not wait.
final class SystemNames extends AddressResolverGroup<InetSocketAddress> {

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new Names(executor).asAddressResolver();
  }

  private static final class Names extends InetNameResolver {

    Names(EventExecutor executor) {
      super(executor);
    }

    @Override
    protected void doResolve(String name, Promise<InetAddress> promise) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              promise.trySuccess(InetAddress.getByName(name));
            } catch (UnknownHostException e) {
              promise.tryFailure(e);
            }
          });
    }

    @Override
    protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              promise.trySuccess(List.of(InetAddress.getAllByName(name)));
            } catch (UnknownHostException e) {
              promise.tryFailure(e);
            }
          });
    }
  }
}
