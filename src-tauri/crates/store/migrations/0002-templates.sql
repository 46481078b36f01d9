-- What is the same from one post-mortem to the next, under a name.
CREATE TABLE template (
    name TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
