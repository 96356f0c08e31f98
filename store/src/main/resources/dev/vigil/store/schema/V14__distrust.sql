-- SPDX-License-Identifier: Apache-2.0
-- A certificate is good until it expires, or until its authority is distrusted, whichever is first.
ALTER TABLE certificate ADD COLUMN ended_at TEXT CHECK (length(ended_at) = 30);
