-- SPDX-License-Identifier: Apache-2.0
-- Where a person was last seen on the way to a registered client, and when.

ALTER TABLE sign_on ADD COLUMN address TEXT CHECK (length(address) <= 64);
ALTER TABLE sign_on ADD COLUMN seen_at TEXT CHECK (length(seen_at) = 30);
