// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.moment;
import static dev.vigil.server.cli.AdminCommand.text;
import static dev.vigil.server.cli.AdminCommand.words;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `vigil events`: what happened.
@Command(
    name = "events",
    description = "security events: what changed, who did it, and why",
    footer = {"", "Example:", "  vigil events tail"})
final class EventsCommand extends GroupOfCommands {

  private final Context context;

  EventsCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(new Tail(context));
  }

  @Command(
      name = "tail",
      description =
          "the latest events, then every new one until interrupted; with --json one object on each"
              + " line",
      footer = {"", "Example:", "  vigil events tail --last 50 --once"})
  static final class Tail extends AdminCommand {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Option(
        names = "--last",
        paramLabel = "N",
        defaultValue = "20",
        description = "how many of those that were (default: ${DEFAULT-VALUE})")
    int last = 20;

    @Option(
        names = "--after",
        paramLabel = "SEQUENCE",
        description = "start after this event instead")
    String after = "";

    @Option(names = "--once", description = "end with the latest event instead of waiting for more")
    boolean once;

    Tail(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var query = after.isEmpty() ? Map.of("last", Integer.toString(last)) : Map.of("after", after);
      while (true) {
        var page = api.get("the events cannot be shown", "/events", query);
        page.path("items").forEach(this::print);
        boolean more = page.path("more").asBoolean(false);
        if (once && !more) return;
        query = Map.of("after", text(page, "next"));
        if (!more && !paused()) return;
      }
    }

    private void print(JsonNode event) {
      if (json) {
        context.terminal().line(event.toString());
        return;
      }
      context
          .terminal()
          .line(
              String.join(
                  "  ",
                  text(event, "sequence"),
                  moment(event, "occurred"),
                  text(event, "type"),
                  words(event, "subjects"),
                  "by " + text(event, "actor"),
                  text(event, "cause")));
    }

    private static boolean paused() {
      LockSupport.parkNanos(PAUSE.toNanos());
      return !Thread.currentThread().isInterrupted();
    }
  }
}
