-- SPDX-License-Identifier: Apache-2.0
-- What authenticators said of themselves, and which FIDO metadata were used last.

ALTER TABLE passkey ADD COLUMN attestation_format TEXT NOT NULL DEFAULT 'none' CHECK (length(attestation_format) <= 64);
ALTER TABLE passkey ADD COLUMN attestation_trust TEXT NOT NULL DEFAULT 'NONE' CHECK (length(attestation_trust) <= 16);

CREATE TABLE authenticator_metadata (
  id TEXT PRIMARY KEY CHECK (length(id) <= 64),
  ordinal BIGINT NOT NULL UNIQUE,
  number BIGINT NOT NULL,
  next_update TEXT NOT NULL CHECK (length(next_update) = 10),
  accepted_at TEXT NOT NULL CHECK (length(accepted_at) = 30)
);
