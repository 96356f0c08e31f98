-- SPDX-License-Identifier: Apache-2.0
-- From when on a signal counts no longer. What was there before had no end; it gets one at the next report.

ALTER TABLE device_signal ADD COLUMN expires_at TEXT NOT NULL DEFAULT '2100-01-01T00:00:00.000000000Z' CHECK (length(expires_at) = 30);
ALTER TABLE device_signal_history ADD COLUMN expires_at TEXT NOT NULL DEFAULT '2100-01-01T00:00:00.000000000Z' CHECK (length(expires_at) = 30);
CREATE INDEX device_signal_by_expiry ON device_signal (expires_at);
