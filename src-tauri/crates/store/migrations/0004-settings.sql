-- What is the same for every post-mortem of this library, under a name.
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What each post-mortem says about causes: its title, factors and root causes; rebuilt from the log at any time.
CREATE TABLE cause (
    post_mortem TEXT    NOT NULL,
    place       INTEGER NOT NULL,
    body        TEXT    NOT NULL,
    PRIMARY KEY (post_mortem, place)
) STRICT, WITHOUT ROWID;
