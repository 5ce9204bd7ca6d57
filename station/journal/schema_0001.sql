-- The first journal. Times are UTC, ISO 8601 with microseconds and zone, so that text order is time order.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a part. id is the order of commit; inspection_id the whole sequence number, of which the PLC sees 16 bits.
-- verdict, by, author, reason are the latest of the table verdicts.
CREATE TABLE parts (
    id             INTEGER PRIMARY KEY,
    uid            TEXT    NOT NULL UNIQUE,
    inspection_id  INTEGER NOT NULL,
    acquisition_id INTEGER NOT NULL,
    part_seq       INTEGER NOT NULL,
    part_id        TEXT    NOT NULL,
    encoder        INTEGER NOT NULL,
    time           TEXT    NOT NULL,
    monotonic_ns   INTEGER NOT NULL,
    recipe_name    TEXT    NOT NULL,
    recipe_version INTEGER NOT NULL,
    recipe_sha256  TEXT    NOT NULL,
    verdict        TEXT    NOT NULL CHECK (verdict IN ('OK', 'NG', 'NOT_DECIDABLE')),
    by             TEXT    NOT NULL CHECK (by IN ('rules', 'operator', 'qa')),
    author         TEXT    NOT NULL,
    reason         TEXT    NOT NULL,
    score          REAL,
    defects        INTEGER NOT NULL,
    worst_class    TEXT    NOT NULL,
    model          TEXT    NOT NULL,
    cycle_ms       INTEGER NOT NULL,
    review         TEXT    NOT NULL CHECK (review IN ('none', 'pending', 'done'))
) STRICT;
CREATE INDEX parts_by_inspection ON parts (inspection_id);
CREATE INDEX parts_by_verdict ON parts (verdict, id);
CREATE INDEX parts_to_review ON parts (time, id) WHERE review = 'pending';

CREATE TABLE blobs (
    sha256     TEXT    PRIMARY KEY CHECK (length(sha256) = 64),
    size_bytes INTEGER NOT NULL,
    media_type TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE views (
    part          INTEGER NOT NULL REFERENCES parts (id),
    position      INTEGER NOT NULL,
    name          TEXT    NOT NULL,
    camera        TEXT    NOT NULL,
    frame_id      INTEGER,
    width         INTEGER NOT NULL,
    height        INTEGER NOT NULL,
    pixel_format  TEXT    NOT NULL,
    image         TEXT    REFERENCES blobs (sha256),
    preview       TEXT    REFERENCES blobs (sha256),
    model_name    TEXT    NOT NULL,
    model_version TEXT    NOT NULL,
    model_sha256  TEXT    NOT NULL,
    score         REAL,
    fault_code    TEXT,
    fault_source  TEXT,
    fault_text    TEXT,
    chunk         TEXT    NOT NULL,
    PRIMARY KEY (part, position)
) STRICT, WITHOUT ROWID;

-- shape: the outline as station.journal.polygons packs it.
CREATE TABLE defects (
    part     INTEGER NOT NULL,
    view     INTEGER NOT NULL,
    position INTEGER NOT NULL,
    class    TEXT    NOT NULL,
    score    REAL    NOT NULL,
    shape    BLOB    NOT NULL,
    PRIMARY KEY (part, view, position),
    FOREIGN KEY (part, view) REFERENCES views (part, position)
) STRICT, WITHOUT ROWID;

-- What a simulated camera knows of the part; no model and no rule reads it.
CREATE TABLE truth (
    part  INTEGER NOT NULL,
    view  INTEGER NOT NULL,
    truth TEXT    NOT NULL,
    PRIMARY KEY (part, view),
    FOREIGN KEY (part, view) REFERENCES views (part, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE verdicts (
    id     INTEGER PRIMARY KEY,
    part   INTEGER NOT NULL REFERENCES parts (id),
    kind   TEXT    NOT NULL CHECK (kind IN ('OK', 'NG', 'NOT_DECIDABLE')),
    by     TEXT    NOT NULL CHECK (by IN ('rules', 'operator', 'qa')),
    author TEXT    NOT NULL,
    reason TEXT    NOT NULL,
    time   TEXT    NOT NULL
) STRICT;
CREATE INDEX verdicts_of_part ON verdicts (part, id);
CREATE TRIGGER verdicts_no_update BEFORE UPDATE ON verdicts BEGIN
    SELECT RAISE(ABORT, 'verdicts are never rewritten: add a new one');
END;
CREATE TRIGGER verdicts_no_delete BEFORE DELETE ON verdicts BEGIN
    SELECT RAISE(ABORT, 'verdicts are never deleted');
END;

CREATE TABLE samples (
    id           INTEGER PRIMARY KEY,
    sha256       TEXT    NOT NULL REFERENCES blobs (sha256),
    pixel_format TEXT    NOT NULL,
    label        TEXT    NOT NULL,
    source       TEXT    NOT NULL,
    part_uid     TEXT,
    recipe       TEXT    NOT NULL,
    time         TEXT    NOT NULL
) STRICT;
CREATE INDEX samples_of_recipe ON samples (recipe, label, id);

CREATE TABLE outbox (
    destination TEXT    NOT NULL,
    part        INTEGER NOT NULL REFERENCES parts (id),
    state       TEXT    NOT NULL CHECK (state IN ('pending', 'delivered', 'quarantined')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    refusals    INTEGER NOT NULL DEFAULT 0,
    next_try    TEXT    NOT NULL,
    error       TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (destination, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_due ON outbox (destination, part, next_try) WHERE state = 'pending';
CREATE INDEX outbox_quarantined ON outbox (destination, part) WHERE state = 'quarantined';

CREATE TABLE audit (
    seq     INTEGER PRIMARY KEY,
    time    TEXT NOT NULL,
    event   TEXT NOT NULL,
    details TEXT NOT NULL,
    mac     BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit chain is never rewritten');
END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit chain is never shortened');
END;

-- Kept in the same transaction as the parts, so that no dashboard ever groups over history.
CREATE TABLE rollup (
    hour    TEXT    NOT NULL,
    recipe  TEXT    NOT NULL,
    verdict TEXT    NOT NULL,
    parts   INTEGER NOT NULL,
    PRIMARY KEY (hour, recipe, verdict)
) STRICT, WITHOUT ROWID;
CREATE TABLE counters (
    name  TEXT    PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters (name, value) VALUES ('blobs', 0);
CREATE TRIGGER blobs_counted AFTER INSERT ON blobs BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'blobs';
END;
