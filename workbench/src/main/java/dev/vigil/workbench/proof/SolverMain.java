// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import com.microsoft.z3.Context;
import com.microsoft.z3.Global;
import com.microsoft.z3.Native;
import com.microsoft.z3.Z3Exception;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;

/// The solver's own process: SMT-LIB text in, answers out, each behind its length. It ends as soon
/// as nobody can ask any more, even in the middle of a question.
final class SolverMain {

  private SolverMain() {}

  /// @param arguments how many megabytes the solver may take; the folder that is this process's own
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var folder = Path.of(arguments[1]);
    var questions = new LinkedBlockingQueue<String>();
    Thread.ofPlatform().daemon().name("questions").start(() -> listen(questions, folder));
    Global.setParameter("memory_max_size", arguments[0]);
    try (var context = new Context();
        var output = new DataOutputStream(new FileOutputStream(FileDescriptor.out))) {
      empty(folder);
      while (true) Frames.write(output, answer(context, questions.take()));
    }
  }

  private static String answer(Context context, String question) {
    try {
      return Native.evalSmtlib2String(context.nCtx(), question);
    } catch (Z3Exception e) {
      return "(error " + Smt.text(String.valueOf(e.getMessage())) + ")";
    }
  }

  private static void listen(LinkedBlockingQueue<String> questions, Path folder) {
    try (var input =
        new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)))) {
      while (true) questions.put(Frames.read(input));
    } catch (IOException | InterruptedException e) {
      empty(folder);
      try {
        Files.deleteIfExists(folder);
      } catch (IOException stays) {
        Runtime.getRuntime().halt(1);
      }
      Runtime.getRuntime().halt(0);
    }
  }

  /// The library is mapped once it is loaded; its file is needed no more. Where a loaded library
  /// cannot be deleted, whoever started this process does it later.
  private static void empty(Path folder) {
    try (var entries = Files.newDirectoryStream(folder)) {
      for (var entry : entries) {
        if (Files.isDirectory(entry)) empty(entry);
        Files.deleteIfExists(entry);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Left to the one who started this process.
      return;
    }
  }
}
