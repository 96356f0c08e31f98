// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.access.Decider;
import dev.vigil.access.Streams;
import dev.vigil.access.World;
import dev.vigil.admission.Changes;
import dev.vigil.admission.administration.Keys;
import dev.vigil.admission.administration.Policies;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.TimeSource;
import dev.vigil.keys.Founding;
import dev.vigil.keys.KeyRing;
import dev.vigil.keys.Token;
import dev.vigil.policy.PolicySet;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.Reading;
import dev.vigil.server.config.Configuration;
import dev.vigil.store.DataFolder;
import dev.vigil.store.Database;
import dev.vigil.store.SqlStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// What every face stands on: the data folder, the truth, the keys, and the snapshots that
/// decisions are made of. Once [#open] returns, the snapshots hold everything that was ever
/// committed.
final class Foundation implements AutoCloseable {

  private final DataFolder folder;
  private final SqlStore store;
  private final KeyRing keys;
  private final Optional<Token> token;
  private final World world;
  private final Streams streams;
  private final Changes changes;

  private Foundation(DataFolder folder, SqlStore store, Signing signing, Machine machine) {
    this.folder = folder;
    this.store = store;
    this.keys = signing.keys;
    this.token = signing.token;
    this.world = new World(nothingPermitted());
    this.streams = new Streams(new Decider(world, machine.entropy()));
    this.changes =
        new Changes(
            store,
            new WorldFeed(world, streams, machine.time()),
            machine.time(),
            machine.entropy());
  }

  /// The machine's clock and random source.
  record Machine(TimeSource time, Entropy entropy) {}

  /// The keys, and the token that some of them may be in.
  private record Signing(KeyRing keys, Optional<Token> token) {}

  static Foundation open(Configuration configuration, Machine machine) throws IOException {
    var folder = required(DataFolder.open(configuration.dataFolder()));
    try {
      var password =
          KeyPassword.of(configuration.keyPasswordFile(), folder.keys(), machine.entropy());
      return open(folder, keys(configuration, folder, password, machine), machine, configuration);
    } catch (RuntimeException | IOException e) {
      folder.close();
      throw e;
    }
  }

  /// Opening the keys is slow on purpose, against guessing; the store opens meanwhile.
  private static Supplier<Outcome<Signing>> keys(
      Configuration configuration, DataFolder folder, Secret password, Machine machine) {
    var token = configuration.keyToken().map(place -> Token.at(place, machine.time()));
    var founding = new Founding("Vigil", hosts(configuration), token);
    var opening =
        new FutureTask<>(() ->
            KeyRing.open(folder.keys(), password, founding, machine.time(), machine.entropy())
                .map(keys -> new Signing(keys, token)));
    var _ = Thread.ofPlatform().name("vigil-keys").daemon().start(opening);
    return () -> {
      try {
        return opening.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("the key store cannot be opened", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartRefused("interrupted while opening the key store", "start again");
      }
    };
  }

  private static Foundation open(
      DataFolder folder,
      Supplier<Outcome<Signing>> keys,
      Machine machine,
      Configuration configuration) {
    var store = required(SqlStore.open(folder, database(configuration), machine.time()));
    try {
      var foundation = new Foundation(folder, store, required(keys.get()), machine);
      foundation.load();
      foundation.keyAdministration().settle();
      return foundation;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  static Database database(Configuration configuration) {
    return configuration
        .database()
        .<Database>map(given -> new Database.Postgres(given.url(), given.user(), given.password()))
        .orElseGet(Database.Sqlite::new);
  }

  /// The names that the server's own certificate is good for.
  static List<String> hosts(Configuration configuration) {
    var hosts = new ArrayList<String>();
    hosts.add(configuration.face().issuer().getHost());
    hosts.add(configuration.gateway().url().getHost());
    configuration.gateway().appDomains().forEach(domain -> hosts.add("*." + domain));
    return hosts.stream().distinct().toList();
  }

  private static PolicySet nothingPermitted() {
    return switch (PolicyReader.read(List.of(), 0)) {
      case Reading.Loaded loaded -> loaded.set();
      case Reading.Rejected rejected ->
          throw new IllegalStateException(
              "no policies at all must be readable: " + rejected.problems());
    };
  }

  private void load() {
    changes.load();
    switch (new Policies(changes).inForce()) {
      case Policies.InForce.None _ -> {}
      case Policies.InForce.Deciding(var set) -> world.put(set);
      case Policies.InForce.Broken(long version, var problems) ->
          throw new StartRefused(
              "version "
                  + version
                  + " of the policies in the store cannot be read any more: "
                  + problems,
              "start the Vigil that published it, and publish policies that this one reads");
    }
  }

  static <T> T required(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T>(var refusal, var detail) ->
          throw new StartRefused(
              refusal.says() + (detail.isEmpty() ? "" : ": " + detail), refusal.next());
    };
  }

  DataFolder folder() {
    return folder;
  }

  SqlStore store() {
    return store;
  }

  KeyRing keys() {
    return keys;
  }

  /// Rotation of the keys, with what hangs from them.
  Keys keyAdministration() {
    return new Keys(changes, new HeldKeys(keys));
  }

  /// The PKCS#11 token for the authorities' keys, if one is configured.
  Optional<Token> token() {
    return token;
  }

  World world() {
    return world;
  }

  Streams streams() {
    return streams;
  }

  Changes changes() {
    return changes;
  }

  @Override
  public void close() {
    token.ifPresent(Token::close);
    store.close();
    folder.close();
  }
}
