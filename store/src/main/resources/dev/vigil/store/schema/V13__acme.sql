-- SPDX-License-Identifier: Apache-2.0
-- ACME accounts, their orders, and the devices that came of them.

CREATE TABLE acme_account (
  id TEXT PRIMARY KEY CHECK (length(id) <= 63),
  ordinal BIGINT NOT NULL UNIQUE,
  thumbprint TEXT NOT NULL UNIQUE CHECK (length(thumbprint) = 43),
  jwk TEXT NOT NULL CHECK (length(jwk) <= 2048),
  state TEXT NOT NULL CHECK (state IN ('VALID', 'DEACTIVATED')),
  at TEXT NOT NULL CHECK (length(at) = 30)
);
CREATE INDEX acme_account_age ON acme_account (at);

CREATE TABLE acme_order (
  id TEXT PRIMARY KEY CHECK (length(id) = 43),
  account TEXT NOT NULL REFERENCES acme_account (id),
  identifier TEXT NOT NULL CHECK (length(identifier) = 43),
  sealed TEXT NOT NULL CHECK (length(sealed) <= 1024),
  token TEXT NOT NULL CHECK (length(token) <= 64),
  renews TEXT REFERENCES device (id),
  expires_at TEXT NOT NULL CHECK (length(expires_at) = 30),
  progress TEXT NOT NULL CHECK (progress IN ('PENDING', 'READY', 'ISSUED', 'FAILED', 'ABANDONED')),
  about_json TEXT NOT NULL CHECK (length(about_json) <= 65536)
);
CREATE INDEX acme_order_account ON acme_order (account, expires_at);
CREATE INDEX acme_order_expiry ON acme_order (expires_at);

CREATE TABLE acme_device (
  identifier TEXT PRIMARY KEY CHECK (length(identifier) = 43),
  account TEXT NOT NULL REFERENCES acme_account (id),
  device TEXT NOT NULL REFERENCES device (id)
);
CREATE INDEX acme_device_device ON acme_device (device);
CREATE INDEX acme_device_account ON acme_device (account);
