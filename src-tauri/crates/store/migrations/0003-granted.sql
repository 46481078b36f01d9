-- Requests that were granted, so that a repeat changes nothing: one row for each commit, with sixteen bytes of digest
-- for each request. Rows are appended and read once, when a meeting is opened; a digest does not tell who asked.
CREATE TABLE granted (
    id          INTEGER PRIMARY KEY,
    post_mortem TEXT NOT NULL,
    digests     BLOB NOT NULL
) STRICT;
