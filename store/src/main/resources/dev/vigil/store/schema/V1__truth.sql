-- SPDX-License-Identifier: Apache-2.0
-- The same statements for SQLite and PostgreSQL. Points in time are RFC 3339 text in UTC with nine decimals, so that
-- they sort; bytes are base64url text; lists that are never searched are JSON text. ordinal is the order of creation.

CREATE TABLE subject (
  id TEXT PRIMARY KEY CHECK (length(id) <= 64),
  ordinal BIGINT NOT NULL UNIQUE,
  user_name TEXT NOT NULL UNIQUE CHECK (length(user_name) <= 320),
  display_name TEXT NOT NULL CHECK (length(display_name) <= 256),
  population TEXT NOT NULL CHECK (length(population) <= 32),
  groups_json TEXT NOT NULL CHECK (length(groups_json) <= 262144),
  roles_json TEXT NOT NULL CHECK (length(roles_json) <= 1024),
  active BOOLEAN NOT NULL,
  created_at TEXT NOT NULL CHECK (length(created_at) = 30)
);

CREATE TABLE passkey (
  credential_id TEXT PRIMARY KEY CHECK (length(credential_id) <= 1400),
  ordinal BIGINT NOT NULL UNIQUE,
  subject TEXT NOT NULL REFERENCES subject (id),
  public_key_cose TEXT NOT NULL CHECK (length(public_key_cose) <= 8192),
  aaguid TEXT NOT NULL CHECK (length(aaguid) <= 64),
  sign_count BIGINT NOT NULL,
  backup_eligible BOOLEAN NOT NULL,
  backed_up BOOLEAN NOT NULL,
  transports_json TEXT NOT NULL CHECK (length(transports_json) <= 1024),
  name TEXT NOT NULL CHECK (length(name) <= 256),
  created_at TEXT NOT NULL CHECK (length(created_at) = 30),
  last_used_at TEXT NOT NULL CHECK (length(last_used_at) = 30)
);
CREATE INDEX passkey_of_subject ON passkey (subject);

CREATE TABLE device (
  id TEXT PRIMARY KEY CHECK (length(id) <= 64),
  ordinal BIGINT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (length(kind) <= 32),
  subject TEXT NOT NULL REFERENCES subject (id),
  key_thumbprint TEXT NOT NULL UNIQUE CHECK (length(key_thumbprint) = 43),
  name TEXT NOT NULL CHECK (length(name) <= 256),
  enrolled_at TEXT NOT NULL CHECK (length(enrolled_at) = 30),
  revoked_at TEXT CHECK (length(revoked_at) = 30),
  revoked_cause TEXT CHECK (length(revoked_cause) <= 1024)
);

CREATE TABLE certificate (
  thumbprint TEXT PRIMARY KEY CHECK (length(thumbprint) = 43),
  ordinal BIGINT NOT NULL UNIQUE,
  serial TEXT NOT NULL CHECK (length(serial) <= 64),
  device TEXT NOT NULL REFERENCES device (id),
  not_before TEXT NOT NULL CHECK (length(not_before) = 30),
  not_after TEXT NOT NULL CHECK (length(not_after) = 30),
  der TEXT NOT NULL CHECK (length(der) <= 65536)
);
CREATE INDEX certificate_of_device ON certificate (device);

CREATE TABLE device_signal (
  device TEXT NOT NULL REFERENCES device (id),
  source TEXT NOT NULL CHECK (length(source) <= 64),
  name TEXT NOT NULL CHECK (length(name) <= 64),
  ordinal BIGINT NOT NULL UNIQUE,
  content TEXT NOT NULL CHECK (length(content) <= 256),
  tier TEXT NOT NULL CHECK (length(tier) <= 32),
  observed_at TEXT NOT NULL CHECK (length(observed_at) = 30),
  PRIMARY KEY (device, source, name)
);

-- Every signal ever put, in order; append only.
CREATE TABLE device_signal_history (
  ordinal BIGINT PRIMARY KEY,
  device TEXT NOT NULL REFERENCES device (id),
  source TEXT NOT NULL CHECK (length(source) <= 64),
  name TEXT NOT NULL CHECK (length(name) <= 64),
  content TEXT NOT NULL CHECK (length(content) <= 256),
  tier TEXT NOT NULL CHECK (length(tier) <= 32),
  observed_at TEXT NOT NULL CHECK (length(observed_at) = 30)
);
CREATE INDEX device_signal_history_of_device ON device_signal_history (device, name);

CREATE TABLE session (
  id TEXT PRIMARY KEY CHECK (length(id) <= 64),
  ordinal BIGINT NOT NULL UNIQUE,
  subject TEXT NOT NULL REFERENCES subject (id),
  binding TEXT NOT NULL CHECK (binding IN ('key', 'device', 'cookie', 'certificate')),
  device TEXT REFERENCES device (id),
  key_thumbprint TEXT CHECK (length(key_thumbprint) = 43),
  authentications_json TEXT NOT NULL CHECK (length(authentications_json) <= 1048576),
  started_at TEXT NOT NULL CHECK (length(started_at) = 30),
  expires_at TEXT NOT NULL CHECK (length(expires_at) = 30),
  ended_at TEXT CHECK (length(ended_at) = 30),
  ended_cause TEXT CHECK (length(ended_cause) <= 1024)
);
CREATE INDEX session_by_expiry ON session (expires_at);
CREATE INDEX session_by_subject ON session (subject, expires_at);
CREATE INDEX session_by_device ON session (device, expires_at);
CREATE INDEX session_by_key ON session (key_thumbprint, expires_at);

CREATE TABLE refresh_token (
  digest TEXT PRIMARY KEY CHECK (length(digest) = 43),
  session TEXT NOT NULL REFERENCES session (id),
  expires_at TEXT NOT NULL CHECK (length(expires_at) = 30),
  spent BOOLEAN NOT NULL
);
CREATE INDEX refresh_token_of_session ON refresh_token (session);

CREATE TABLE app (
  id TEXT PRIMARY KEY CHECK (length(id) <= 63),
  ordinal BIGINT NOT NULL UNIQUE,
  host TEXT NOT NULL CHECK (length(host) <= 253),
  upstream TEXT NOT NULL CHECK (length(upstream) <= 2048),
  sensitivity TEXT NOT NULL CHECK (length(sensitivity) <= 32),
  tags_json TEXT NOT NULL CHECK (length(tags_json) <= 65536),
  transactions_json TEXT NOT NULL CHECK (length(transactions_json) <= 262144)
);

CREATE TABLE policy (
  version BIGINT PRIMARY KEY CHECK (version > 0),
  actor TEXT NOT NULL CHECK (length(actor) <= 64),
  reason TEXT NOT NULL CHECK (length(reason) <= 1024),
  published_at TEXT NOT NULL CHECK (length(published_at) = 30)
);

CREATE TABLE policy_file (
  version BIGINT NOT NULL REFERENCES policy (version),
  name TEXT NOT NULL CHECK (length(name) <= 128),
  content TEXT NOT NULL CHECK (length(content) <= 1048576),
  PRIMARY KEY (version, name)
);

CREATE TABLE one_time (
  kind TEXT NOT NULL CHECK (length(kind) <= 32),
  digest TEXT NOT NULL CHECK (length(digest) = 43),
  content TEXT NOT NULL CHECK (length(content) <= 262144),
  expires_at TEXT NOT NULL CHECK (length(expires_at) = 30),
  spent BOOLEAN NOT NULL,
  PRIMARY KEY (kind, digest)
);
CREATE INDEX one_time_by_expiry ON one_time (expires_at);

CREATE TABLE security_event (
  sequence BIGINT PRIMARY KEY CHECK (sequence > 0),
  id TEXT NOT NULL UNIQUE CHECK (length(id) <= 64),
  type TEXT NOT NULL CHECK (length(type) <= 100),
  subjects_json TEXT NOT NULL CHECK (length(subjects_json) <= 65536),
  actor TEXT NOT NULL CHECK (length(actor) <= 64),
  cause TEXT NOT NULL CHECK (length(cause) <= 1024),
  details_json TEXT NOT NULL CHECK (length(details_json) <= 65536),
  occurred_at TEXT NOT NULL CHECK (length(occurred_at) = 30),
  committed_at TEXT NOT NULL CHECK (length(committed_at) = 30)
);

CREATE TABLE facts_history (
  entity TEXT NOT NULL CHECK (length(entity) <= 32),
  id TEXT NOT NULL CHECK (length(id) <= 128),
  version BIGINT NOT NULL,
  content TEXT NOT NULL CHECK (length(content) <= 65536),
  PRIMARY KEY (entity, id, version)
);
