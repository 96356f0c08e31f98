// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.demo.OpenBank;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every scene of the demo, on a real server, over the wire.
class ShowTest {

  @TempDir Path folder = Path.of("");
  private Optional<OpenBank> open = Optional.empty();

  @TestFactory
  Stream<DynamicNode> every_scene_comes_out_as_expected() throws Exception {
    var house = OpenBank.in(folder);
    open = Optional.of(house);
    return scenes(new Show(house.bank()).acts());
  }

  static Stream<DynamicNode> scenes(List<Show.Act> acts) {
    return acts.stream()
        .map(act ->
            DynamicContainer.dynamicContainer(
                act.title(),
                act.scenes().stream()
                    .map(scene -> DynamicTest.dynamicTest(scene.name(), () -> comesOut(scene)))));
  }

  private static void comesOut(Scene scene) throws Exception {
    assertThat(scene.act().play().lines().findFirst()).hasValue(scene.expected());
  }

  @AfterEach
  void close() {
    open.ifPresent(OpenBank::close);
  }
}
