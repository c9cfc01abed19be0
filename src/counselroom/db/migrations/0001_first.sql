-- The first schema: the vault itself, people, keys, settings, audit, approvals, the register of what left.

CREATE TABLE vault (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    vault_id TEXT NOT NULL,
    generation INTEGER NOT NULL CHECK (generation >= 1),
    sessions INTEGER NOT NULL DEFAULT 0,
    -- The keyring that stands beside this file, byte for byte: what the disk says is compared with it.
    keyring BLOB NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- Secrets and public halves of the school; a replaced key keeps its dates, so that old seals still verify.
CREATE TABLE school_keys (
    purpose TEXT NOT NULL CHECK (purpose IN ('signing', 'transport', 'pseudonym')),
    secret BLOB NOT NULL,
    public BLOB NOT NULL,
    from_at TEXT NOT NULL,
    to_at TEXT
) STRICT;

CREATE TABLE accounts (
    account_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('member', 'holder')),
    added_at TEXT NOT NULL,
    added_by TEXT,
    removed_at TEXT,
    removed_by TEXT
) STRICT;
CREATE UNIQUE INDEX accounts_present_name ON accounts (name) WHERE removed_at IS NULL;

CREATE TABLE account_roles (
    account_id TEXT NOT NULL REFERENCES accounts,
    role TEXT NOT NULL,
    from_at TEXT NOT NULL,
    to_at TEXT
) STRICT;
CREATE UNIQUE INDEX account_roles_present ON account_roles (account_id, role) WHERE to_at IS NULL;

CREATE TABLE account_keys (
    account_id TEXT NOT NULL REFERENCES accounts,
    age_recipient TEXT NOT NULL,
    signing_public BLOB NOT NULL,
    from_at TEXT NOT NULL,
    to_at TEXT
) STRICT;
CREATE UNIQUE INDEX account_keys_present ON account_keys (account_id) WHERE to_at IS NULL;

-- Recovery shares are never kept: only the recipient, and the groups that have to be typed back.
CREATE TABLE recovery_sets (
    set_id TEXT PRIMARY KEY,
    mark TEXT NOT NULL,
    recipient TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL
) STRICT;
CREATE TABLE recovery_checks (
    set_id TEXT NOT NULL REFERENCES recovery_sets,
    share INTEGER NOT NULL,
    position INTEGER NOT NULL,
    digits TEXT NOT NULL,
    PRIMARY KEY (set_id, share, position)
) STRICT;
CREATE TABLE recovery_confirmations (
    set_id TEXT PRIMARY KEY REFERENCES recovery_sets,
    confirmed_at TEXT NOT NULL,
    confirmed_by TEXT NOT NULL
) STRICT;

-- A batch is what can be undone as a whole; undo is a row that withdraws it.
CREATE TABLE batches (
    batch_id TEXT PRIMARY KEY,
    action TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL
) STRICT;
CREATE TABLE batch_withdrawals (
    batch_id TEXT PRIMARY KEY REFERENCES batches,
    withdrawn_at TEXT NOT NULL,
    withdrawn_by TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
    setting_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    set_at TEXT NOT NULL,
    set_by TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches
) STRICT;
CREATE INDEX settings_by_name ON settings (name, setting_id);
CREATE VIEW settings_in_force AS
    SELECT s.* FROM settings s
    WHERE NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = s.batch_id);

-- How one person likes the screen: column widths, filters, theme. Not a fact, so it may be overwritten.
CREATE TABLE preferences (
    account_id TEXT NOT NULL REFERENCES accounts,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (account_id, name)
) STRICT;

CREATE TABLE audit (
    n INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    counter INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    body TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    previous BLOB NOT NULL,
    entry_hash BLOB NOT NULL
) STRICT;
CREATE TABLE tree_heads (
    n INTEGER NOT NULL,
    root BLOB NOT NULL,
    frontier TEXT NOT NULL,
    at TEXT NOT NULL,
    signature TEXT NOT NULL
) STRICT;

CREATE TABLE approvals (
    approval_id TEXT PRIMARY KEY,
    intent TEXT NOT NULL,
    intent_hash BLOB NOT NULL,
    asked_by TEXT NOT NULL REFERENCES accounts,
    approved_by TEXT NOT NULL REFERENCES accounts,
    signature TEXT NOT NULL,
    approved_at TEXT NOT NULL
) STRICT;

-- What leaves the room: the intent is committed before, the outcome after.
CREATE TABLE outgoing_intents (
    intent_id TEXT PRIMARY KEY,
    action TEXT NOT NULL,
    body TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    begun_by TEXT NOT NULL
) STRICT;
CREATE TABLE outgoing_outcomes (
    intent_id TEXT PRIMARY KEY REFERENCES outgoing_intents,
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'failed')),
    body TEXT NOT NULL,
    ended_at TEXT NOT NULL
) STRICT;

-- What an account must be told at its next sign-in.
CREATE TABLE notices (
    notice_id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts,
    code TEXT NOT NULL,
    body TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE TABLE notices_seen (
    notice_id TEXT PRIMARY KEY REFERENCES notices,
    seen_at TEXT NOT NULL
) STRICT;

-- Appended, never changed: the database itself refuses.
CREATE TRIGGER recovery_sets_no_update BEFORE UPDATE ON recovery_sets BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER recovery_sets_no_delete BEFORE DELETE ON recovery_sets BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER recovery_checks_no_update BEFORE UPDATE ON recovery_checks BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER recovery_checks_no_delete BEFORE DELETE ON recovery_checks BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER recovery_confirmations_no_update BEFORE UPDATE ON recovery_confirmations BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER recovery_confirmations_no_delete BEFORE DELETE ON recovery_confirmations BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER batches_no_update BEFORE UPDATE ON batches BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER batches_no_delete BEFORE DELETE ON batches BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER batch_withdrawals_no_update BEFORE UPDATE ON batch_withdrawals BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER batch_withdrawals_no_delete BEFORE DELETE ON batch_withdrawals BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER settings_no_update BEFORE UPDATE ON settings BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER settings_no_delete BEFORE DELETE ON settings BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER tree_heads_no_update BEFORE UPDATE ON tree_heads BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER tree_heads_no_delete BEFORE DELETE ON tree_heads BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER approvals_no_update BEFORE UPDATE ON approvals BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER approvals_no_delete BEFORE DELETE ON approvals BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER outgoing_intents_no_update BEFORE UPDATE ON outgoing_intents BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER outgoing_intents_no_delete BEFORE DELETE ON outgoing_intents BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER outgoing_outcomes_no_update BEFORE UPDATE ON outgoing_outcomes BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER outgoing_outcomes_no_delete BEFORE DELETE ON outgoing_outcomes BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER notices_no_update BEFORE UPDATE ON notices BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER notices_no_delete BEFORE DELETE ON notices BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER notices_seen_no_update BEFORE UPDATE ON notices_seen BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER notices_seen_no_delete BEFORE DELETE ON notices_seen BEGIN SELECT RAISE(ABORT, 'append-only'); END;
