-- SPDX-License-Identifier: Apache-2.0
-- Enforcement points beside our own gateway, and policies that wait for a second person.

CREATE TABLE enforcement_point (
  subject TEXT PRIMARY KEY REFERENCES subject (id),
  ordinal BIGINT NOT NULL UNIQUE,
  apps_json TEXT NOT NULL CHECK (length(apps_json) <= 65536)
);

CREATE TABLE pending_policy (
  id TEXT PRIMARY KEY CHECK (length(id) <= 64),
  ordinal BIGINT NOT NULL UNIQUE,
  files_json TEXT NOT NULL CHECK (length(files_json) <= 2097152),
  based_on BIGINT NOT NULL CHECK (based_on >= 0),
  author TEXT NOT NULL REFERENCES subject (id),
  reason TEXT NOT NULL CHECK (length(reason) <= 1024),
  details_json TEXT NOT NULL CHECK (length(details_json) <= 65536),
  proposed_at TEXT NOT NULL CHECK (length(proposed_at) = 30),
  expires_at TEXT NOT NULL CHECK (length(expires_at) = 30)
);
