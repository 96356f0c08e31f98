-- SPDX-License-Identifier: Apache-2.0
-- How it stands with the products that say something of devices, which of their ids means which device, and what devices claim to be called by them.

CREATE TABLE feed (
  id TEXT PRIMARY KEY CHECK (length(id) <= 64),
  ordinal BIGINT NOT NULL UNIQUE,
  since TEXT NOT NULL CHECK (length(since) = 30),
  resume TEXT CHECK (length(resume) <= 8192),
  full_at TEXT CHECK (length(full_at) = 30),
  completed_at TEXT CHECK (length(completed_at) = 30),
  attempted_at TEXT CHECK (length(attempted_at) = 30),
  reason TEXT CHECK (length(reason) <= 32),
  says TEXT CHECK (length(says) <= 1024),
  times BIGINT NOT NULL,
  next_at TEXT CHECK (length(next_at) = 30),
  counts_json TEXT NOT NULL CHECK (length(counts_json) <= 256),
  silent_at TEXT CHECK (length(silent_at) = 30)
);

CREATE TABLE feed_link (
  feed TEXT NOT NULL CHECK (length(feed) <= 64),
  management TEXT NOT NULL CHECK (length(management) <= 256),
  device TEXT REFERENCES device (id),
  how TEXT NOT NULL CHECK (how IN ('CONTESTED', 'CLAIM', 'ADMINISTRATOR', 'CERTIFICATE', 'KEY')),
  at TEXT NOT NULL CHECK (length(at) = 30),
  PRIMARY KEY (feed, management)
);
CREATE UNIQUE INDEX feed_link_device ON feed_link (device, feed);

CREATE TABLE feed_claim (
  feed TEXT NOT NULL CHECK (length(feed) <= 64),
  device TEXT NOT NULL REFERENCES device (id),
  ordinal BIGINT NOT NULL UNIQUE,
  management TEXT NOT NULL CHECK (length(management) <= 256),
  at TEXT NOT NULL CHECK (length(at) = 30),
  PRIMARY KEY (feed, device)
);
CREATE INDEX feed_claim_management ON feed_claim (feed, management);
