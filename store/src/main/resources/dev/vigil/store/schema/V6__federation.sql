-- SPDX-License-Identifier: Apache-2.0
-- Accounts at other OpenID providers, and the sign-ins through them.

CREATE TABLE federated_identity (
  provider TEXT NOT NULL CHECK (length(provider) <= 32),
  subject_key TEXT NOT NULL CHECK (length(subject_key) <= 1024),
  ordinal BIGINT NOT NULL UNIQUE,
  subject TEXT NOT NULL REFERENCES subject (id),
  groups_json TEXT NOT NULL CHECK (length(groups_json) <= 65536),
  linked_at TEXT NOT NULL CHECK (length(linked_at) = 30),
  last_sign_in_at TEXT NOT NULL CHECK (length(last_sign_in_at) = 30),
  PRIMARY KEY (provider, subject_key)
);
CREATE INDEX federated_identity_of_subject ON federated_identity (subject);

CREATE TABLE federated_sign_on (
  reference TEXT PRIMARY KEY CHECK (length(reference) <= 64),
  ordinal BIGINT NOT NULL UNIQUE,
  provider TEXT NOT NULL CHECK (length(provider) <= 32),
  upstream_subject TEXT NOT NULL CHECK (length(upstream_subject) <= 255),
  sid TEXT CHECK (length(sid) <= 255),
  subject TEXT NOT NULL REFERENCES subject (id),
  made_at TEXT NOT NULL CHECK (length(made_at) = 30)
);
CREATE INDEX federated_sign_on_by_sid ON federated_sign_on (provider, sid);
CREATE INDEX federated_sign_on_by_upstream ON federated_sign_on (provider, upstream_subject);
CREATE INDEX federated_sign_on_of_subject ON federated_sign_on (subject, made_at);
