// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.admission.Changes;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.feed.FeedState.Counts;
import dev.vigil.admission.feed.FeedState.Failure;
import dev.vigil.admission.feed.PostureSource.Page;
import dev.vigil.admission.feed.PostureSource.Reason;
import dev.vigil.admission.feed.PostureSource.Unavailable;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Entropy;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Asks one product, round after round and page after page, and takes in what it says. A round that
/// was broken off goes on where it stopped; after a restart it begins anew. What is held between
/// pages is which of our devices the round has found, never what was said of them. Not to be used
/// by two threads at once.
public final class Synchronisation {

  /// A product that never comes to an end would keep its thread and be complete never.
  static final int MOST_PAGES = 20_000;

  private static final int LONGEST_CURSOR = 8192;
  private static final int LONGEST_TEXT = 300;

  private final Changes changes;
  private final FeedIntake intake;
  private final FeedStates states;
  private final PostureSource source;
  private final FeedRules rules;
  private final Entropy entropy;
  private Optional<Round> under = Optional.empty();

  /// @param rules of the same id as the source
  public Synchronisation(Changes changes, PostureSource source, FeedRules rules, Entropy entropy) {
    if (!source.id().equals(rules.id()))
      throw new IllegalArgumentException("the rules are of another feed");
    this.changes = changes;
    this.intake = new FeedIntake(changes);
    this.states = new FeedStates(changes);
    this.source = source;
    this.rules = rules;
    this.entropy = entropy;
  }

  /// A round that is under way.
  private static final class Round {
    private final boolean full;
    private final Set<DeviceId> seen = new HashSet<>();
    private Optional<String> cursor;
    private Counts counts = Counts.NONE;
    private int pages;

    Round(Optional<String> resume) {
      this.full = resume.isEmpty();
      this.cursor = resume;
    }
  }

  /// Which product.
  public FeedRules rules() {
    return rules;
  }

  /// When it wants to be run next; in the past if at once.
  public Instant due() {
    var state = states.of(rules.id());
    return state.next().orElse(state.since());
  }

  /// Asks until the round is complete or there is trouble, and returns how it stands then.
  ///
  /// @throws dev.vigil.admission.Store.StoreUnavailable if it cannot be kept
  public FeedState run() {
    var round = under.orElseGet(this::begun);
    under = Optional.of(round);
    try {
      while (true) {
        var page = asked(round);
        round.counts =
            round
                .counts
                .plus(intake.listed(rules, page.devices(), round.seen))
                .plus(new Counts(0, 0, 0, page.unreadable(), 0));
        if (page.next().isEmpty()) return complete(round, page);
        round.cursor = page.next();
      }
    } catch (Unavailable e) {
      return failed(e);
    }
  }

  /// What changed since the last round, if the product can tell; everything if it is half a
  /// lifetime that it told everything, so that no unchanged device's signals run out.
  private Round begun() {
    var state = states.of(rules.id());
    var stale = changes.time().now().minus(rules.lifetime().dividedBy(2));
    boolean changesWillDo = state.full().filter(at -> at.isAfter(stale)).isPresent();
    return new Round(changesWillDo ? state.resume() : Optional.empty());
  }

  private Page asked(Round round) throws Unavailable {
    if (++round.pages > MOST_PAGES) throw garbage("its pages do not end");
    var page = source.read(round.cursor);
    var next = page.next();
    if (next.isPresent() && next.equals(round.cursor))
      throw garbage("a page names itself as the next");
    if (next.or(page::resume).filter(one -> one.length() > LONGEST_CURSOR).isPresent())
      throw garbage("its cursor is longer than " + LONGEST_CURSOR + " characters");
    return page;
  }

  private static Unavailable garbage(String says) {
    return new Unavailable(Reason.GARBAGE, says, Optional.empty());
  }

  private FeedState complete(Round round, Page last) throws Unavailable {
    if (round.full && round.counts.devices() == 0 && linked())
      throw garbage("it lists no device at all, although it did before");
    // Of what could not be read nobody knows whether it is gone.
    if (round.full && round.counts.unreadable() == 0) intake.gone(rules, round.seen);
    under = Optional.empty();
    var now = changes.time().now();
    var next = Schedule.afterRound(rules, now, entropy);
    return states.complete(rules.id(), round.counts, round.full, last.resume(), next);
  }

  private boolean linked() {
    return changes.read(view -> !view.feeds().links(rules.id(), "", 1).isEmpty());
  }

  private FeedState failed(Unavailable why) {
    // What the product throttles or cannot answer now goes on later; anything else begins anew.
    if (why.reason() != Reason.THROTTLED && why.reason() != Reason.DOWN) under = Optional.empty();
    var now = changes.time().now();
    var before = states.of(rules.id()).failure();
    int times = before.filter(one -> one.reason() == why.reason()).map(Failure::times).orElse(0);
    var says = plain(why.getMessage());
    var next = Schedule.afterFailure(why.reason(), times + 1, why.again(), now, entropy);
    return states.failed(rules.id(), new Failure(why.reason(), says, times + 1), next);
  }

  private static String plain(String says) {
    return PlainText.fits(says, LONGEST_TEXT) ? says : PlainText.shown(says);
  }
}
