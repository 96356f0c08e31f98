-- SPDX-License-Identifier: Apache-2.0
-- A certificate can be revoked by itself; others ask for certificates by their serial number.

ALTER TABLE certificate ADD COLUMN revoked_at TEXT CHECK (length(revoked_at) = 30);
CREATE INDEX certificate_of_serial ON certificate (serial);
