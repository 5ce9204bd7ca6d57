-- Why a verdict is what it is, as station.journal.findings writes it, and what judging a part once more needs of its views.

ALTER TABLE verdicts ADD COLUMN findings TEXT NOT NULL DEFAULT '[]';

-- The thresholds that the model came with, and the score from which it outlines; how many defects it found beside those kept.
ALTER TABLE views ADD COLUMN low REAL;
ALTER TABLE views ADD COLUMN high REAL;
ALTER TABLE views ADD COLUMN outlined_from REAL;
ALTER TABLE views ADD COLUMN defects_left_out INTEGER NOT NULL DEFAULT 0;
