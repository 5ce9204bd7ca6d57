-- The review of parts: the queue, what reviewers say, leases, golden parts, saved views.

-- One row a part that is or was to be reviewed, kept in the transactions that change what it says, and stored in the order of the
-- queue. rank: minus the priority, so that ascending order is that of the queue. whys: bits, see station.journal.review_rows. size_px: NULL without outlines.
-- terms: all the part can be found by, each between two line breaks. drawn: what of whys was decided when the part was
-- recorded. round: grows when a part is sent back for better labels.
CREATE TABLE review_queue (
    open    INTEGER NOT NULL CHECK (open IN (0, 1)),
    rank    INTEGER NOT NULL,
    part    INTEGER NOT NULL UNIQUE REFERENCES parts (id),
    whys    INTEGER NOT NULL,
    shift   INTEGER NOT NULL,
    score   REAL,
    size_px REAL,
    stage   TEXT    NOT NULL CHECK (stage IN ('first', 'second', 'adjudication', 'rework', 'done')),
    verdict TEXT    NOT NULL CHECK (verdict IN ('OK', 'NG', 'NOT_DECIDABLE')),
    recipe  TEXT    NOT NULL,
    time    TEXT    NOT NULL,
    lot     TEXT    NOT NULL,
    terms   TEXT    NOT NULL,
    drawn   INTEGER NOT NULL,
    round   INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (open, rank, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_by_time ON review_queue (open, time);
CREATE INDEX review_by_score ON review_queue (open, score);
CREATE INDEX review_by_size ON review_queue (open, size_px);
CREATE INDEX review_by_lot ON review_queue (open, lot);

-- Each term, such as "class=scratch", with its parts in the order of the queue; and how many parts have it.
CREATE TABLE review_terms (
    open INTEGER NOT NULL,
    term TEXT    NOT NULL,
    rank INTEGER NOT NULL,
    part INTEGER NOT NULL REFERENCES parts (id),
    PRIMARY KEY (open, term, rank, part)
) STRICT, WITHOUT ROWID;
CREATE TABLE review_counts (
    open  INTEGER NOT NULL,
    term  TEXT    NOT NULL,
    parts INTEGER NOT NULL,
    PRIMARY KEY (open, term)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER review_terms_counted AFTER INSERT ON review_terms BEGIN
    INSERT INTO review_counts (open, term, parts) VALUES (new.open, new.term, 1)
    ON CONFLICT DO UPDATE SET parts = parts + 1;
END;
CREATE TRIGGER review_terms_counted_off AFTER DELETE ON review_terms BEGIN
    UPDATE review_counts SET parts = parts - 1 WHERE open = old.open AND term = old.term;
END;

-- What of an annotation the queue asks at every change of its part.
CREATE TABLE annotation_looks (
    uid     TEXT PRIMARY KEY,
    classes TEXT NOT NULL,
    size_px REAL
) STRICT, WITHOUT ROWID;

-- How the scores of a recipe's good parts run with a model: what a part is unlike of.
CREATE TABLE review_baselines (
    recipe TEXT    NOT NULL,
    model  TEXT    NOT NULL,
    parts  INTEGER NOT NULL,
    mean   REAL    NOT NULL,
    variance REAL  NOT NULL,
    PRIMARY KEY (recipe, model)
) STRICT, WITHOUT ROWID;

-- What reviewers said. golden: the known answer, where the part was given as a golden one. before_kind: the part's verdict
-- as the reviewer saw it. gave: the verdict of QA that came of it; of an undo: the one that took it back.
CREATE TABLE reviews (
    id          INTEGER PRIMARY KEY,
    part        INTEGER NOT NULL REFERENCES parts (id),
    reviewer    TEXT    NOT NULL,
    outcome     TEXT    NOT NULL CHECK (outcome IN ('accept', 'reject', 'rework')),
    verdict     TEXT    CHECK (verdict IN ('OK', 'NG')),
    reasons     TEXT    NOT NULL,
    comment     TEXT    NOT NULL,
    time        TEXT    NOT NULL,
    stage       TEXT    NOT NULL,
    round       INTEGER NOT NULL,
    golden      TEXT    CHECK (golden IN ('OK', 'NG')),
    before_kind TEXT    NOT NULL,
    gave        INTEGER REFERENCES verdicts (id)
) STRICT;
CREATE INDEX reviews_of_part ON reviews (part, id);
CREATE INDEX reviews_of_golden ON reviews (reviewer, id) WHERE golden IS NOT NULL;
CREATE INDEX reviews_by_time ON reviews (time);
CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews BEGIN
    SELECT RAISE(ABORT, 'reviews are never rewritten: undo and review again');
END;
CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews BEGIN
    SELECT RAISE(ABORT, 'reviews are never deleted');
END;
CREATE TABLE review_undos (
    id   INTEGER PRIMARY KEY REFERENCES reviews (id),
    time TEXT    NOT NULL,
    gave INTEGER REFERENCES verdicts (id)
) STRICT;
CREATE TRIGGER review_undos_no_update BEFORE UPDATE ON review_undos BEGIN
    SELECT RAISE(ABORT, 'what was taken back stays so: review again');
END;
CREATE TRIGGER review_undos_no_delete BEFORE DELETE ON review_undos BEGIN
    SELECT RAISE(ABORT, 'what was taken back stays so: review again');
END;

-- Who has a part now. golden: its known answer, where it was given as a golden part.
CREATE TABLE review_leases (
    part     INTEGER PRIMARY KEY REFERENCES parts (id),
    reviewer TEXT    NOT NULL,
    until    TEXT    NOT NULL,
    golden   TEXT    CHECK (golden IN ('OK', 'NG'))
) STRICT;
CREATE INDEX review_leases_of ON review_leases (reviewer);

-- How many parts each reviewer was given, which says when the next golden one is due.
CREATE TABLE review_given (
    reviewer TEXT    PRIMARY KEY,
    parts    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE golden_parts (
    part    INTEGER PRIMARY KEY REFERENCES parts (id),
    verdict TEXT    NOT NULL CHECK (verdict IN ('OK', 'NG')),
    author  TEXT    NOT NULL,
    time    TEXT    NOT NULL
) STRICT;

-- One bulk relabel: which revision of which view came after which. undone: whether it was taken back.
CREATE TABLE relabels (
    command TEXT    PRIMARY KEY,
    author  TEXT    NOT NULL,
    views   TEXT    NOT NULL,
    time    TEXT    NOT NULL,
    undone  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE review_views (
    name   TEXT PRIMARY KEY,
    filter TEXT NOT NULL,
    author TEXT NOT NULL,
    time   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Whose word a person's verdicts are is found without reading those of the rules.
CREATE INDEX verdicts_of_people ON verdicts (part) WHERE by <> 'rules';
