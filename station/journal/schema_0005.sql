-- Retention, legal holds, deletions, signatures. Nothing said here is ever taken back, and all of it is sealed in the audit chain.

-- Why pictures went: one row for many parts. author and reason: of a request; empty where the station's rules removed them.
-- sealed: when the audit chain got the list of its parts; NULL while parts are still added.
CREATE TABLE removals (
    id     INTEGER PRIMARY KEY,
    why    TEXT NOT NULL CHECK (why IN ('retention', 'room', 'request')),
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    begun  TEXT NOT NULL,
    sealed TEXT
) STRICT;
CREATE UNIQUE INDEX removals_open ON removals (why) WHERE sealed IS NULL;
CREATE TRIGGER removals_no_update BEFORE UPDATE ON removals
WHEN OLD.sealed IS NOT NULL OR NEW.why <> OLD.why OR NEW.author <> OLD.author OR NEW.reason <> OLD.reason OR NEW.begun <> OLD.begun
BEGIN
    SELECT RAISE(ABORT, 'removals are never rewritten');
END;
CREATE TRIGGER removals_no_delete BEFORE DELETE ON removals BEGIN
    SELECT RAISE(ABORT, 'removals are never deleted');
END;

-- The removal that took a part's pictures; NULL while it has them.
ALTER TABLE parts ADD COLUMN removal INTEGER REFERENCES removals (id);
CREATE INDEX parts_with_pictures ON parts (verdict, id) WHERE removal IS NULL;
CREATE INDEX parts_of_removal ON parts (removal, id) WHERE removal IS NOT NULL;
CREATE TRIGGER parts_removed_once BEFORE UPDATE OF removal ON parts WHEN OLD.removal IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'the pictures of a part are removed once');
END;

-- Pictures whose file is to go (unlinked 0) or is gone (1); their rows in blobs stay.
CREATE TABLE removed_blobs (
    sha256   TEXT    PRIMARY KEY REFERENCES blobs (sha256),
    removal  INTEGER NOT NULL REFERENCES removals (id),
    unlinked INTEGER NOT NULL CHECK (unlinked IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX removed_blobs_to_unlink ON removed_blobs (removal) WHERE unlinked = 0;

-- In how many views of parts that have their pictures a picture is; its row is written in the same transaction anyway.
ALTER TABLE blobs ADD COLUMN uses INTEGER NOT NULL DEFAULT 0;
UPDATE blobs SET uses = found.uses FROM (
    SELECT picture, count(*) AS uses FROM (
        SELECT part, position, image AS picture FROM views WHERE image IS NOT NULL
        UNION SELECT part, position, preview FROM views WHERE preview IS NOT NULL
    ) GROUP BY picture
) AS found WHERE found.picture = sha256;
CREATE TRIGGER views_use_pictures AFTER INSERT ON views BEGIN
    UPDATE blobs SET uses = uses + 1 WHERE sha256 IN (NEW.image, NEW.preview);
    DELETE FROM removed_blobs WHERE sha256 IN (NEW.image, NEW.preview);
END;
CREATE INDEX samples_of_picture ON samples (sha256);
CREATE TRIGGER samples_use_pictures AFTER INSERT ON samples BEGIN
    DELETE FROM removed_blobs WHERE sha256 = NEW.sha256;
END;

-- What must not go, whatever rule or request asks for it: a part by its uid, a lot, or a time range.
CREATE TABLE holds (
    id           INTEGER PRIMARY KEY,
    part         TEXT NOT NULL,
    lot          TEXT NOT NULL,
    since        TEXT NOT NULL,
    until        TEXT NOT NULL,
    author       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    time         TEXT NOT NULL,
    ended        TEXT NOT NULL DEFAULT '',
    ended_by     TEXT NOT NULL DEFAULT '',
    ended_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX holds_standing ON holds (id) WHERE ended = '';
CREATE TRIGGER holds_no_update BEFORE UPDATE ON holds WHEN OLD.ended <> '' BEGIN
    SELECT RAISE(ABORT, 'an ended hold is never rewritten');
END;
CREATE TRIGGER holds_no_delete BEFORE DELETE ON holds BEGIN
    SELECT RAISE(ABORT, 'holds are never deleted: end them');
END;

-- Who signed which record, as which hash names it; 21 CFR Part 11.50: name, time, meaning.
CREATE TABLE signatures (
    id      INTEGER PRIMARY KEY,
    kind    TEXT    NOT NULL CHECK (kind IN ('lot', 'dataset')),
    subject TEXT    NOT NULL,
    record  TEXT    NOT NULL CHECK (length(record) = 64),
    items   INTEGER NOT NULL,
    meaning TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    role    TEXT    NOT NULL,
    time    TEXT    NOT NULL
) STRICT;
CREATE INDEX signatures_of_record ON signatures (kind, subject, id);
CREATE TRIGGER signatures_no_update BEFORE UPDATE ON signatures BEGIN
    SELECT RAISE(ABORT, 'signatures are never rewritten: sign again');
END;
CREATE TRIGGER signatures_no_delete BEFORE DELETE ON signatures BEGIN
    SELECT RAISE(ABORT, 'signatures are never deleted');
END;
