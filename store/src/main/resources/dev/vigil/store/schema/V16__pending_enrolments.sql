-- SPDX-License-Identifier: Apache-2.0
-- Enrolments that wait for approval, and a person's devices without looking at everybody's.
CREATE TABLE pending_enrolment (
  id TEXT PRIMARY KEY CHECK (length(id) <= 64),
  ordinal BIGINT NOT NULL UNIQUE,
  subject TEXT NOT NULL REFERENCES subject (id),
  key_thumbprint TEXT NOT NULL CHECK (length(key_thumbprint) = 43),
  name TEXT NOT NULL CHECK (length(name) <= 256),
  showing_json TEXT NOT NULL CHECK (length(showing_json) <= 4096),
  approver TEXT NOT NULL CHECK (approver IN ('ADMINISTRATOR', 'OWN_DEVICE')),
  expires_at TEXT NOT NULL CHECK (length(expires_at) = 30),
  approved_at TEXT CHECK (length(approved_at) = 30),
  approved_by TEXT REFERENCES subject (id),
  approved_on TEXT REFERENCES device (id),
  UNIQUE (subject, key_thumbprint)
);
CREATE INDEX pending_enrolment_expiry ON pending_enrolment (expires_at);

CREATE INDEX device_of_subject ON device (subject);
