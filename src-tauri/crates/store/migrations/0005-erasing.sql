-- Post-mortems whose log may be rewritten or deleted in this transaction. Empty between transactions.
CREATE TABLE erasing (
    post_mortem TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

DROP TRIGGER event_is_never_deleted;


CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE erasing.post_mortem = OLD.post_mortem)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- What an erasure still owes: files that hold what was erased. One row while it does; finished at the next start if
-- need be.
CREATE TABLE erased (
    id INTEGER PRIMARY KEY
) STRICT;
