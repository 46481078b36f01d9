-- The log of every post-mortem. Append-only: the triggers below refuse anything else.
CREATE TABLE event (
    post_mortem TEXT    NOT NULL,
    seq         INTEGER NOT NULL,
    body        TEXT    NOT NULL,
    PRIMARY KEY (post_mortem, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_is_never_updated BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- Hidden notes, ballots and poll answers, encrypted under a key that lies beside the database. Deleted when their
-- seal is broken. No column says whose a row is.
CREATE TABLE sealed (
    id          INTEGER PRIMARY KEY,
    post_mortem TEXT NOT NULL,
    seal        TEXT NOT NULL,
    nonce       BLOB NOT NULL,
    body        BLOB NOT NULL
) STRICT;
CREATE INDEX sealed_by_seal ON sealed (post_mortem, seal);

-- Requests that were granted, so that a repeat changes nothing. Kept without a link to who asked.
CREATE TABLE seen (
    post_mortem TEXT NOT NULL,
    request     TEXT NOT NULL,
    PRIMARY KEY (post_mortem, request)
) STRICT, WITHOUT ROWID;

-- Phones that have joined, by the hash of their token.
CREATE TABLE phone (
    token       BLOB    NOT NULL PRIMARY KEY,
    post_mortem TEXT    NOT NULL,
    participant INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where a running clock was last seen.
CREATE TABLE mark (
    post_mortem TEXT NOT NULL PRIMARY KEY,
    moment      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The room's port and keys, taken again after a restart.
CREATE TABLE room (
    post_mortem TEXT    NOT NULL PRIMARY KEY,
    port        INTEGER NOT NULL,
    code        TEXT    NOT NULL,
    key         TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- The library as the console lists it; rebuilt from the log at any time.
CREATE TABLE entry (
    post_mortem  TEXT    NOT NULL PRIMARY KEY,
    title        TEXT    NOT NULL,
    status       TEXT    NOT NULL,
    progress     TEXT    NOT NULL,
    severity     TEXT,
    services     TEXT    NOT NULL,
    happened     TEXT,
    changed      TEXT    NOT NULL,
    actions      INTEGER NOT NULL,
    open_actions INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_by_change ON entry (changed DESC);
