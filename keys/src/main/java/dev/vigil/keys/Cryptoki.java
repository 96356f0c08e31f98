// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.vigil.pki.KeyUnavailable;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The few calls of PKCS#11 (version 2.40, sections 5.4 and 5.5) that the platform's provider does
/// not offer: finding a token by its label, and starting the library anew. For 64-bit Linux.
@SuppressWarnings("restricted") // native calls are what this class is for
final class Cryptoki {

  private static final long OK = 0;
  private static final long ALREADY_INITIALIZED = 0x191;
  private static final long NOT_INITIALIZED = 0x190;
  private static final long OS_LOCKING = 2;
  private static final long INITIALIZE_ARGUMENTS = 48;
  private static final long FLAGS_OFFSET = 32;
  private static final int LABEL = 32;
  private static final long TOKEN_INFO = 512;
  private static final int MOST_SLOTS = 4096;

  private final SymbolLookup library;

  private Cryptoki(SymbolLookup library) {
    this.library = library;
  }

  /// Loads the library; a library is loaded once in a process.
  static Cryptoki of(Path library) {
    if (!Files.isRegularFile(library))
      throw new KeyUnavailable("there is no library `" + library + "`");
    try {
      var loaded = new Cryptoki(SymbolLookup.libraryLookup(library, Arena.global()));
      loaded.initialize();
      return loaded;
    } catch (IllegalArgumentException e) {
      throw new KeyUnavailable("`" + library + "` cannot be loaded as a PKCS#11 library");
    }
  }

  private void initialize() {
    try (var arena = Arena.ofConfined()) {
      var arguments = arena.allocate(INITIALIZE_ARGUMENTS, Long.BYTES);
      arguments.set(JAVA_LONG, FLAGS_OFFSET, OS_LOCKING);
      long answer = (long) function("C_Initialize", ADDRESS).invokeExact(arguments);
      if (answer != ALREADY_INITIALIZED) check(answer);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// Starts the library anew: some never see a token again that was away. Nobody else in this
  /// process may be using it.
  void restart() {
    try {
      long answer = (long) function("C_Finalize", ADDRESS).invokeExact(MemorySegment.NULL);
      if (answer != NOT_INITIALIZED) check(answer);
    } catch (Throwable e) {
      throw failed(e);
    }
    initialize();
  }

  /// The slot of the token with this label; empty if there is none or several.
  OptionalLong slotOf(String label) {
    try (var arena = Arena.ofConfined()) {
      var found = new java.util.ArrayList<Long>();
      for (long slot : slots(arena)) if (label(arena, slot).equals(label)) found.add(slot);
      return found.size() == 1 ? OptionalLong.of(found.getFirst()) : OptionalLong.empty();
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private long[] slots(Arena arena) throws Throwable {
    var list = function("C_GetSlotList", JAVA_BYTE, ADDRESS, ADDRESS);
    var count = arena.allocate(JAVA_LONG);
    check((long) list.invokeExact((byte) 1, MemorySegment.NULL, count));
    long room = count.get(JAVA_LONG, 0);
    if (room < 0 || room > MOST_SLOTS) throw new KeyUnavailable("the library names too many slots");
    var slots = arena.allocate(JAVA_LONG, Math.max(1, room));
    check((long) list.invokeExact((byte) 1, slots, count));
    return slots
        .asSlice(0, Math.min(room, count.get(JAVA_LONG, 0)) * Long.BYTES)
        .toArray(JAVA_LONG);
  }

  private String label(Arena arena, long slot) throws Throwable {
    var info = arena.allocate(TOKEN_INFO, Long.BYTES);
    long answer = (long) function("C_GetTokenInfo", JAVA_LONG, ADDRESS).invokeExact(slot, info);
    if (answer != OK) return "";
    return new String(info.asSlice(0, LABEL).toArray(JAVA_BYTE), StandardCharsets.UTF_8).strip();
  }

  private MethodHandle function(String name, MemoryLayout... parameters) {
    return Linker.nativeLinker()
        .downcallHandle(
            library
                .find(name)
                .orElseThrow(() ->
                    new KeyUnavailable("the library is no PKCS#11 library: no `" + name + "`")),
            FunctionDescriptor.of(JAVA_LONG, parameters));
  }

  private static void check(long answer) {
    if (answer != OK)
      throw new KeyUnavailable("the PKCS#11 library answers 0x" + Long.toHexString(answer));
  }

  private static RuntimeException failed(Throwable cause) {
    if (cause instanceof Error error) throw error;
    return cause instanceof RuntimeException known
        ? known
        : new IllegalStateException("a native call failed", cause);
  }
}
