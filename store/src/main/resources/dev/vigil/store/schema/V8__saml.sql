-- SPDX-License-Identifier: Apache-2.0
-- SAML service providers, and who is signed in there.

CREATE TABLE saml_provider (
  id TEXT PRIMARY KEY CHECK (length(id) <= 63),
  ordinal BIGINT NOT NULL UNIQUE,
  entity_id TEXT NOT NULL UNIQUE CHECK (length(entity_id) <= 512),
  name TEXT NOT NULL CHECK (length(name) <= 256),
  app TEXT NOT NULL CHECK (length(app) <= 63),
  metadata TEXT NOT NULL CHECK (length(metadata) <= 65536),
  format TEXT NOT NULL CHECK (format IN ('PERSISTENT', 'TRANSIENT', 'EMAIL', 'UNSPECIFIED')),
  attributes_json TEXT NOT NULL CHECK (length(attributes_json) <= 8192),
  options_json TEXT NOT NULL CHECK (length(options_json) <= 256)
);

CREATE TABLE saml_sign_on (
  session TEXT NOT NULL REFERENCES session (id),
  provider TEXT NOT NULL REFERENCES saml_provider (id),
  ordinal BIGINT NOT NULL UNIQUE,
  format TEXT NOT NULL CHECK (format IN ('PERSISTENT', 'TRANSIENT', 'EMAIL', 'UNSPECIFIED')),
  name_id TEXT NOT NULL CHECK (length(name_id) <= 512),
  session_index TEXT NOT NULL CHECK (length(session_index) <= 64),
  at TEXT NOT NULL CHECK (length(at) = 30),
  PRIMARY KEY (session, provider)
);
CREATE INDEX saml_sign_on_name ON saml_sign_on (provider, name_id);
