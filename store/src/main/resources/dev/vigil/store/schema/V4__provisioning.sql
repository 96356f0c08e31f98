-- SPDX-License-Identifier: Apache-2.0
-- Identity platforms that keep people and groups here (SCIM 2.0).

CREATE TABLE scim_provider (
  id TEXT PRIMARY KEY CHECK (length(id) <= 64),
  ordinal BIGINT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (length(kind) <= 32),
  name TEXT NOT NULL UNIQUE CHECK (length(name) <= 64),
  population TEXT NOT NULL CHECK (length(population) <= 32),
  adoption TEXT NOT NULL CHECK (length(adoption) <= 32),
  machine TEXT UNIQUE REFERENCES subject (id),
  created_at TEXT NOT NULL CHECK (length(created_at) = 30)
);

CREATE TABLE scim_token (
  digest TEXT PRIMARY KEY CHECK (length(digest) = 43),
  ordinal BIGINT NOT NULL UNIQUE,
  provider TEXT NOT NULL REFERENCES scim_provider (id),
  created_at TEXT NOT NULL CHECK (length(created_at) = 30),
  expires_at TEXT NOT NULL CHECK (length(expires_at) = 30),
  last_used_at TEXT CHECK (length(last_used_at) = 30)
);
CREATE INDEX scim_token_of_provider ON scim_token (provider);

CREATE TABLE scim_user (
  subject TEXT PRIMARY KEY REFERENCES subject (id),
  ordinal BIGINT NOT NULL UNIQUE,
  provider TEXT NOT NULL REFERENCES scim_provider (id),
  external_id TEXT CHECK (length(external_id) <= 256),
  attributes_json TEXT NOT NULL CHECK (length(attributes_json) <= 32768),
  standing TEXT NOT NULL CHECK (length(standing) <= 32),
  created_at TEXT NOT NULL CHECK (length(created_at) = 30),
  modified_at TEXT NOT NULL CHECK (length(modified_at) = 30),
  deleted_at TEXT CHECK (length(deleted_at) = 30)
);
CREATE INDEX scim_user_of_provider ON scim_user (provider, external_id);

CREATE TABLE scim_group (
  id TEXT PRIMARY KEY CHECK (length(id) <= 64),
  ordinal BIGINT NOT NULL UNIQUE,
  provider TEXT NOT NULL REFERENCES scim_provider (id),
  external_id TEXT CHECK (length(external_id) <= 256),
  display_name TEXT NOT NULL CHECK (length(display_name) <= 256),
  name TEXT NOT NULL UNIQUE CHECK (length(name) <= 64),
  created_at TEXT NOT NULL CHECK (length(created_at) = 30),
  modified_at TEXT NOT NULL CHECK (length(modified_at) = 30)
);
CREATE INDEX scim_group_of_provider ON scim_group (provider);
