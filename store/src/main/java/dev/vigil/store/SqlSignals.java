// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Columns.instant;
import static dev.vigil.store.Columns.text;

import dev.vigil.admission.SignalsTx;
import dev.vigil.admission.Tx.Conflict;
import dev.vigil.kernel.DeviceId;
import dev.vigil.posture.Signal;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// What sources say of devices, in the same transaction as everything else.
final class SqlSignals implements SignalsTx {

  private final SqlView view;
  private final Function<String, Statements.Row> row;

  /// @param row begins the row of a table; for queries alone it is never called
  SqlSignals(SqlView view, Function<String, Statements.Row> row) {
    this.view = view;
    this.row = row;
  }

  @Override
  public List<Signal> of(DeviceId device) {
    return view.query("SELECT * FROM device_signal WHERE device = :device ORDER BY ordinal")
        .bind("device", device.value())
        .map(Rows::signal)
        .list();
  }

  @Override
  public List<Signal> history(DeviceId device, int limit) {
    return view.query(
            "SELECT * FROM device_signal_history WHERE device = :device"
                + " ORDER BY ordinal DESC LIMIT :limit")
        .bind("device", device.value())
        .bind("limit", limit)
        .map(Rows::signal)
        .list();
  }

  @Override
  public List<DeviceId> devicesWithExpired(Instant now, int limit) {
    return view.query(
            "SELECT DISTINCT device FROM device_signal WHERE expires_at <= :now LIMIT :limit")
        .bind("now", instant(now))
        .bind("limit", limit)
        .mapTo(String.class)
        .map(DeviceId::new)
        .list();
  }

  @Override
  public void put(DeviceId device, List<Signal> signals) {
    freshen(device, signals);
    for (var signal : signals)
      said(
              row.apply("device_signal_history")
                  .set("device", device.value())
                  .set("source", text(signal.source()))
                  .set("name", signal.name().name()),
              signal)
          .insertInOrder();
  }

  @Override
  public void freshen(DeviceId device, List<Signal> signals) {
    if (view.device(device).isEmpty()) throw new Conflict("the device is not stored");
    for (var signal : signals) said(current(device, signal), signal).upsertInOrder();
  }

  private Statements.Row current(DeviceId device, Signal signal) {
    return row.apply("device_signal")
        .key("device", device.value())
        .key("source", text(signal.source()))
        .key("name", signal.name().name());
  }

  private static Statements.Row said(Statements.Row row, Signal signal) {
    return row.set("content", text(signal.value()))
        .set("tier", signal.tier().name())
        .set("observed_at", instant(signal.observed()))
        .set("expires_at", instant(signal.expires()));
  }

  @Override
  public List<Signal> removeExpired(DeviceId device, Instant now) {
    var expired = of(device).stream().filter(signal -> !signal.countsAt(now)).toList();
    for (var signal : expired) current(device, signal).delete();
    return expired;
  }

  @Override
  public void removeSource(DeviceId device, String source) {
    row.apply("device_signal").key("device", device.value()).key("source", text(source)).delete();
  }
}
