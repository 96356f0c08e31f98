-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE later (id TEXT PRIMARY KEY);
