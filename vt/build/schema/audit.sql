-- What came of every check of a report (vt/audit/checks.py). `printed` and `computed` are the two sides of a relation or
-- of a claim that compares, and how many of how many where a claim or a practice counts.
CREATE TABLE verdict (
    id INTEGER PRIMARY KEY,
    report TEXT NOT NULL REFERENCES report,
    source_table INTEGER REFERENCES source_table,
    chapter TEXT NOT NULL, -- the number of the table, or of the chapter where the text says it
    kind TEXT NOT NULL CHECK (kind IN ('total', 'derived', 'claim', 'relation', 'annex', 'practice', 'revision')),
    about TEXT NOT NULL,
    printed REAL,
    computed REAL,
    bound TEXT CHECK (bound IN ('least', 'most', 'within')), -- of what can be computed, where a part is not printed
    unit TEXT NOT NULL,
    outcome TEXT NOT NULL
        CHECK (outcome IN ('right', 'caution', 'convention', 'cut_off', 'wrong', 'revised', 'untestable')),
    explanation TEXT,
    remark TEXT,
    beside TEXT, -- the printed column that the number stands in, where that is not part of the grid
    sentence INTEGER, -- of a claim: which of the claiming sentences of its chapter, from 1
    claim TEXT -- and of which kind: number, holds, all, almost all, most, ranked, equal or untestable
) STRICT;

-- The numbers that a verdict is about, in whichever tables; NULL is summed over.
CREATE TABLE verdict_number (
    verdict INTEGER NOT NULL REFERENCES verdict,
    source_table INTEGER NOT NULL REFERENCES source_table,
    place TEXT REFERENCES place,
    period TEXT REFERENCES period,
    geweld TEXT REFERENCES geweld,
    category TEXT REFERENCES category
) STRICT;

-- The cells of the printed grid that a verdict is about.
CREATE TABLE verdict_cell (
    verdict INTEGER NOT NULL REFERENCES verdict,
    row_position INTEGER NOT NULL,
    column_position INTEGER NOT NULL,
    PRIMARY KEY (verdict, row_position, column_position)
) STRICT, WITHOUT ROWID;

-- What a reader should know: what differs, is cut off, follows a custom of the report, or is easily misread.
CREATE VIEW finding AS
SELECT
    verdict.id,
    verdict.kind,
    CASE
        WHEN outcome <> 'wrong' THEN 'slight'
        WHEN explanation IS NULL THEN 'unexplained'
        ELSE 'explained'
    END AS severity,
    verdict.report,
    verdict.source_table,
    verdict.chapter,
    verdict.about,
    verdict.printed,
    verdict.computed,
    verdict.printed - verdict.computed AS difference,
    verdict.outcome,
    verdict.explanation,
    verdict.remark
FROM verdict
WHERE outcome IN ('wrong', 'cut_off', 'convention', 'caution', 'revised');

-- A printed figure that stands in a newer report as well, beside what the newest prints; category is '' where not split.
CREATE TABLE revision (
    older_table INTEGER NOT NULL REFERENCES source_table,
    place TEXT NOT NULL REFERENCES place,
    period TEXT NOT NULL REFERENCES period,
    geweld TEXT NOT NULL REFERENCES geweld,
    category TEXT NOT NULL,
    older REAL NOT NULL,
    newest_table INTEGER NOT NULL REFERENCES source_table,
    newest REAL NOT NULL,
    PRIMARY KEY (older_table, place, period, geweld, category)
) STRICT, WITHOUT ROWID;

-- Two reports that share figures: of the newer how many are new, the same and revised; of the older, over periods of
-- the newer, how many are gone.
CREATE TABLE overlap (
    older TEXT NOT NULL REFERENCES report,
    newer TEXT NOT NULL REFERENCES report,
    new INTEGER NOT NULL,
    same INTEGER NOT NULL,
    revised INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    PRIMARY KEY (older, newer)
) STRICT, WITHOUT ROWID;

CREATE INDEX verdict_report ON verdict (report, kind);
CREATE INDEX verdict_table ON verdict (source_table);
CREATE INDEX verdict_printed ON verdict (printed, kind);
CREATE INDEX verdict_computed ON verdict (computed, outcome);
CREATE INDEX verdict_number_of ON verdict_number (verdict);
