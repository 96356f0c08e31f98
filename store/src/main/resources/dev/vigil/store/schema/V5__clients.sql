-- SPDX-License-Identifier: Apache-2.0
-- Registered clients, the sessions of browsers, who is signed in where, and who must still be told
-- that a session ended.

CREATE TABLE client (
  id TEXT PRIMARY KEY CHECK (length(id) <= 63),
  ordinal BIGINT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (length(name) <= 256),
  kind TEXT NOT NULL CHECK (kind IN ('WEB', 'NATIVE', 'SERVICE')),
  profile TEXT NOT NULL CHECK (profile IN ('FAPI2', 'PLAIN')),
  method TEXT NOT NULL CHECK (method IN ('private_key_jwt', 'tls_client_auth', 'none')),
  jwks TEXT CHECK (length(jwks) <= 16384),
  certificates_json TEXT NOT NULL CHECK (length(certificates_json) <= 4096),
  app TEXT NOT NULL CHECK (length(app) <= 63),
  redirects_json TEXT NOT NULL CHECK (length(redirects_json) <= 32768),
  after_logout_json TEXT NOT NULL CHECK (length(after_logout_json) <= 32768),
  backchannel_logout TEXT CHECK (length(backchannel_logout) <= 512),
  scopes_json TEXT NOT NULL CHECK (length(scopes_json) <= 4096),
  calls_json TEXT NOT NULL CHECK (length(calls_json) <= 8192),
  machine TEXT REFERENCES subject (id)
);

CREATE TABLE browser (
  session TEXT PRIMARY KEY REFERENCES session (id),
  secret TEXT NOT NULL UNIQUE CHECK (length(secret) = 43),
  used_at TEXT NOT NULL CHECK (length(used_at) = 30),
  device TEXT REFERENCES device (id)
);

CREATE TABLE sign_on (
  session TEXT NOT NULL REFERENCES session (id),
  client TEXT NOT NULL REFERENCES client (id),
  ordinal BIGINT NOT NULL UNIQUE,
  device TEXT REFERENCES device (id),
  bound TEXT CHECK (length(bound) = 43),
  scopes_json TEXT NOT NULL CHECK (length(scopes_json) <= 4096),
  at TEXT NOT NULL CHECK (length(at) = 30),
  PRIMARY KEY (session, client)
);
CREATE INDEX sign_on_of_client ON sign_on (client);

CREATE TABLE logout_notice (
  id TEXT PRIMARY KEY CHECK (length(id) <= 64),
  ordinal BIGINT NOT NULL UNIQUE,
  client TEXT NOT NULL REFERENCES client (id),
  address TEXT NOT NULL CHECK (length(address) <= 512),
  subject TEXT NOT NULL CHECK (length(subject) <= 64),
  session TEXT NOT NULL CHECK (length(session) <= 64),
  tries BIGINT NOT NULL CHECK (tries >= 0),
  due_at TEXT NOT NULL CHECK (length(due_at) = 30)
);
CREATE INDEX logout_notice_due ON logout_notice (due_at);
