// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.moment;
import static dev.vigil.server.cli.AdminCommand.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `vigil feed`: products that say something of devices.
@Command(
    name = "feed",
    description =
        "products that say something of devices (device management, threat defence, lists): list,"
            + " sync, links, link, unlink, import",
    footer = {"", "Example:", "  vigil feed list"})
final class FeedCommand extends GroupOfCommands {

  private final Context context;

  FeedCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(
        new All(context),
        new Sync(context),
        new Links(context),
        new Link(context),
        new Unlink(context),
        new Import(context));
  }

  private static String counted(JsonNode counts) {
    return text(counts, "devices")
        + " devices, "
        + text(counts, "matched")
        + " of ours, "
        + text(counts, "unreadable")
        + " unreadable, "
        + text(counts, "left_out")
        + " values left out";
  }

  @Command(
      name = "list",
      description = "the feeds and how it stands with each",
      footer = {"", "Example:", "  vigil feed list --json"})
  static final class All extends AdminCommand {
    All(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var feeds = api.get("the feeds cannot be listed", "/feeds", Map.of());
      var table =
          new Table(
              "FEED", "STATE", "LAST COMPLETE", "NEXT", "DEVICES", "OURS", "UNREADABLE", "TROUBLE");
      feeds
          .path("items")
          .forEach(feed ->
              table.row(
                  text(feed, "name"),
                  text(feed, "state"),
                  moment(feed, "completed_at"),
                  moment(feed, "next_at"),
                  text(feed.path("counts"), "devices"),
                  text(feed.path("counts"), "matched"),
                  text(feed.path("counts"), "unreadable"),
                  text(feed.path("failure"), "says")));
      table(feeds, table);
    }
  }

  @Command(
      name = "sync",
      description = "have a product asked now instead of at its next time",
      footer = {"", "Example:", "  vigil feed sync intune --reason \"the secret was renewed\""})
  static final class Sync extends ChangeCommand {
    @Parameters(paramLabel = "FEED", description = "the feed's name")
    String feed = "";

    Sync(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var answer = api.post("the feed is not asked", Api.path("feeds", feed, "sync"), because());
      show(answer, feed + " is asked within seconds; see `vigil feed list`.");
    }
  }

  @Command(
      name = "links",
      description = "which ids of a product mean which devices, at most a thousand",
      footer = {"", "Example:", "  vigil feed links intune"})
  static final class Links extends AdminCommand {
    @Parameters(paramLabel = "FEED", description = "the feed's name")
    String feed = "";

    @Option(
        names = "--after",
        paramLabel = "ID",
        description = "go on after this id (default: from the first)")
    String after = "";

    Links(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var links =
          api.get(
              "the links cannot be listed",
              Api.path("feeds", feed, "links"),
              Map.of("after", after));
      var table = new Table("ID", "DEVICE", "BY", "SINCE");
      links
          .path("items")
          .forEach(link ->
              table.row(
                  text(link, "id"),
                  text(link, "device"),
                  text(link, "how"),
                  moment(link, "since")));
      table(links, table);
    }
  }

  @Command(
      name = "link",
      description = "say which device a product's id means",
      footer = {
        "",
        "Example:",
        "  vigil feed link intune 705c034c-034c-705c-4c03-5c704c035c70"
            + " dev_mzxw6ytboi2gk3tdnbqwcytbmi --reason \"seen in hand\""
      })
  static final class Link extends ChangeCommand {
    @Parameters(index = "0", paramLabel = "FEED", description = "the feed's name")
    String feed = "";

    @Parameters(index = "1", paramLabel = "ID", description = "the product's id of the device")
    String id = "";

    @Parameters(
        index = "2",
        paramLabel = "DEVICE",
        description = "the device (`vigil device list`)")
    String device = "";

    Link(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var content = because().put("id", id).put("device", device);
      var answer = api.post("nothing was linked", Api.path("feeds", feed, "links"), content);
      show(answer, id + " means " + device + " from the feed's next round on.");
    }
  }

  @Command(
      name = "unlink",
      description = "forget which device a product's id means, and what the product said of it",
      footer = {
        "",
        "Example:",
        "  vigil feed unlink intune 705c034c-034c-705c-4c03-5c704c035c70 --reason \"sold\""
      })
  static final class Unlink extends ChangeCommand {
    @Parameters(index = "0", paramLabel = "FEED", description = "the feed's name")
    String feed = "";

    @Parameters(index = "1", paramLabel = "ID", description = "the product's id of the device")
    String id = "";

    Unlink(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var answer =
          api.post(
              "nothing was unlinked", Api.path("feeds", feed, "unlink"), because().put("id", id));
      show(answer, id + " means no device now.");
    }
  }

  @Command(
      name = "import",
      description = "take in a list of devices (CSV, docs/feeds.md); all of it or nothing",
      footer = {
        "",
        "Example:",
        "  vigil feed import inventory.csv --source inventory --reason \"weekly list\""
      })
  static final class Import extends ChangeCommand {
    private static final int KIB = 7 * 1024;

    @Parameters(paramLabel = "FILE", description = "the list, at most 7 MiB")
    Path file = Path.of("");

    @Option(
        names = "--source",
        paramLabel = "NAME",
        required = true,
        description = "what the list is called in signals, such as `inventory`")
    String source = "";

    @Option(
        names = "--hours",
        paramLabel = "HOURS",
        description = "how long what it says counts (default: 24, at most 720)")
    int hours = 24;

    Import(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var list = new TextFile(file, "a list of devices").read(KIB);
      var content = because().put("list", list).put("lifetime_hours", hours);
      var answer = api.post("nothing was imported", Api.path("feeds", source, "import"), content);
      show(answer, counted(answer));
    }
  }
}
