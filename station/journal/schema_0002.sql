-- People and what they say: heat maps for their eyes, accounts, annotations, notes, and commands that were answered.

-- The model's heat map of a view, as station.journal.heat packs it. Not a column of views: that is found by its key alone,
-- and every look at one of its rows would read all of the row.
CREATE TABLE heat_maps (
    id   INTEGER PRIMARY KEY,
    part INTEGER NOT NULL,
    view INTEGER NOT NULL,
    heat BLOB    NOT NULL,
    UNIQUE (part, view),
    FOREIGN KEY (part, view) REFERENCES views (part, position)
) STRICT;

-- labels: shapes and tags in the newest annotation of each of the part's views.
ALTER TABLE parts ADD COLUMN labels INTEGER NOT NULL DEFAULT 0;

-- One row a revision; each but the first of a view names the one it was made from, and no two name the same.
-- annotation is the JSON of labeling.codec; labels counts its shapes and tags.
CREATE TABLE annotations (
    id         INTEGER PRIMARY KEY,
    uid        TEXT    NOT NULL UNIQUE,
    part       INTEGER NOT NULL,
    view       INTEGER NOT NULL,
    parent     TEXT    UNIQUE REFERENCES annotations (uid),
    author     TEXT    NOT NULL,
    time       TEXT    NOT NULL,
    labels     INTEGER NOT NULL,
    annotation TEXT    NOT NULL,
    FOREIGN KEY (part, view) REFERENCES views (part, position)
) STRICT;
CREATE INDEX annotations_of_part ON annotations (part, view, id);
CREATE UNIQUE INDEX annotations_first ON annotations (part, view) WHERE parent IS NULL;
CREATE TRIGGER annotations_no_update BEFORE UPDATE ON annotations BEGIN
    SELECT RAISE(ABORT, 'annotations are never rewritten: add a revision');
END;
CREATE TRIGGER annotations_no_delete BEFORE DELETE ON annotations BEGIN
    SELECT RAISE(ABORT, 'annotations are never deleted');
END;

CREATE TABLE notes (
    id     INTEGER PRIMARY KEY,
    author TEXT NOT NULL,
    text   TEXT NOT NULL,
    time   TEXT NOT NULL
) STRICT;
CREATE TRIGGER notes_no_update BEFORE UPDATE ON notes BEGIN
    SELECT RAISE(ABORT, 'notes are never rewritten: write another');
END;
CREATE TRIGGER notes_no_delete BEFORE DELETE ON notes BEGIN
    SELECT RAISE(ABORT, 'notes are never deleted');
END;

-- name_key: the name without regard to case. badge: keyed hash of the badge's text. pin, password: argon2id over a
-- keyed hash. preferences: JSON. Whoever left stays, inactive, because records name them.
CREATE TABLE people (
    id          INTEGER PRIMARY KEY,
    name        TEXT    NOT NULL,
    name_key    TEXT    NOT NULL UNIQUE,
    role        TEXT    NOT NULL CHECK (role IN ('operator', 'qa', 'engineer', 'administrator', 'service')),
    badge       BLOB    UNIQUE,
    pin         TEXT,
    password    TEXT,
    preferences TEXT    NOT NULL,
    active      INTEGER NOT NULL CHECK (active IN (0, 1)),
    created     TEXT    NOT NULL
) STRICT;
CREATE TRIGGER people_no_delete BEFORE DELETE ON people BEGIN
    SELECT RAISE(ABORT, 'people are never deleted: records name them');
END;

-- Tries to log in since the last one that was right. who: keyed hash of whom it was for, also where there is nobody.
CREATE TABLE login_tries (
    who          BLOB    PRIMARY KEY,
    tries        INTEGER NOT NULL,
    locked_until TEXT,
    time         TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- What each command was answered, written with its effect: the same command again has no second effect.
CREATE TABLE commands (
    key    TEXT PRIMARY KEY,
    answer TEXT NOT NULL,
    time   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX samples_of_part ON samples (part_uid) WHERE part_uid IS NOT NULL;

-- What a shift made is read by time, most of it out of this index alone.
CREATE INDEX parts_by_time ON parts (time, verdict, by);
