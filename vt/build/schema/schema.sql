-- The star: facts in observation and printed_total, everything else says what they are about.

CREATE TABLE place (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('land', 'region', 'gemeente', 'rest')),
    region TEXT REFERENCES place,
    code TEXT UNIQUE,
    province TEXT,
    tile_column INTEGER,
    tile_row INTEGER
) STRICT;

-- On 1 January; where the source gives a range, inhabitants is its middle.
CREATE TABLE population (
    place TEXT NOT NULL REFERENCES place,
    year INTEGER NOT NULL,
    inhabitants REAL NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    PRIMARY KEY (place, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE period (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    year INTEGER NOT NULL,
    start INTEGER NOT NULL, -- months since the year 0
    months INTEGER NOT NULL CHECK (months > 0)
) STRICT;

CREATE TABLE geweld (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    short TEXT NOT NULL -- KM, HG, OM; empty for alle
) STRICT;

CREATE TABLE classification (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL
) STRICT;

CREATE TABLE category_group (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    parent TEXT REFERENCES category_group
) STRICT;

CREATE TABLE category (
    id TEXT PRIMARY KEY, -- classification/name
    classification TEXT NOT NULL REFERENCES classification,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    short TEXT NOT NULL,
    geweld TEXT REFERENCES geweld,
    category_group TEXT REFERENCES category_group,
    is_rest INTEGER NOT NULL CHECK (is_rest IN (0, 1)),
    position INTEGER NOT NULL,
    UNIQUE (classification, name)
) STRICT;

CREATE TABLE topic (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE indicator (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    unit TEXT NOT NULL CHECK (unit IN ('aantal', 'procent', 'fte')),
    noun_one TEXT NOT NULL, -- melding
    noun_many TEXT NOT NULL, -- meldingen
    counts TEXT NOT NULL, -- what is counted: the same word where indicators split the same things in other ways
    topic TEXT NOT NULL REFERENCES topic,
    definition TEXT NOT NULL,
    classification TEXT REFERENCES classification,
    caveat TEXT,
    norm REAL,
    norm_label TEXT,
    norm_source TEXT,
    split TEXT REFERENCES indicator, -- the indicator that tells the same by KM/HG/OM
    nearest TEXT REFERENCES indicator, -- what comes nearest, for sources that do not have this one
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE glossary (
    term TEXT PRIMARY KEY,
    abbreviation TEXT,
    definition TEXT NOT NULL
) STRICT;

CREATE TABLE population_source (
    label TEXT PRIMARY KEY,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE report (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    region TEXT NOT NULL REFERENCES place,
    place TEXT NOT NULL REFERENCES place,
    period TEXT NOT NULL REFERENCES period,
    licence TEXT NOT NULL,
    url TEXT,
    note TEXT
) STRICT;

-- place and period: what the table covers as a whole.
CREATE TABLE source_table (
    id INTEGER PRIMARY KEY,
    report TEXT NOT NULL REFERENCES report,
    number TEXT NOT NULL,
    heading TEXT NOT NULL,
    indicator TEXT NOT NULL REFERENCES indicator,
    place TEXT NOT NULL REFERENCES place,
    period TEXT NOT NULL REFERENCES period,
    is_prose INTEGER NOT NULL CHECK (is_prose IN (0, 1)),
    caveat TEXT,
    UNIQUE (report, number, heading)
) STRICT;

-- The printed grid. A sequence is a row whose blanks were lost: its numbers have an order but no columns.
CREATE TABLE source_row (
    source_table INTEGER NOT NULL REFERENCES source_table,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    is_sequence INTEGER NOT NULL CHECK (is_sequence IN (0, 1)),
    PRIMARY KEY (source_table, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_column (
    source_table INTEGER NOT NULL REFERENCES source_table,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (source_table, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE observation (
    id INTEGER PRIMARY KEY,
    source_table INTEGER NOT NULL,
    place TEXT NOT NULL REFERENCES place,
    period TEXT NOT NULL REFERENCES period,
    geweld TEXT NOT NULL REFERENCES geweld,
    category TEXT REFERENCES category,
    value REAL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('printed', 'recovered', 'bounded')),
    is_provisional INTEGER NOT NULL CHECK (is_provisional IN (0, 1)),
    row_position INTEGER NOT NULL,
    column_position INTEGER NOT NULL,
    UNIQUE (source_table, row_position, column_position),
    FOREIGN KEY (source_table, row_position) REFERENCES source_row,
    FOREIGN KEY (source_table, column_position) REFERENCES source_column,
    CHECK ((status = 'bounded') = (value IS NULL)),
    CHECK ((value IS NULL AND low < high) OR (low = value AND high = value))
) STRICT;

-- What cells of a table that lost its blanks add up to, closer than the sum of their bounds (vt recover).
-- kind: '' the row, 'all' the column, 'printed' a printed heading, 'group' a shared group, 'geweld' KM, HG or OM.
CREATE TABLE known_sum (
    source_table INTEGER NOT NULL REFERENCES source_table,
    kind TEXT NOT NULL CHECK (kind IN ('', 'all', 'printed', 'group', 'geweld')),
    name TEXT NOT NULL,
    place TEXT NOT NULL REFERENCES place,
    period TEXT NOT NULL REFERENCES period,
    geweld TEXT REFERENCES geweld,
    category TEXT REFERENCES category,
    low REAL NOT NULL,
    high REAL NOT NULL,
    CHECK (low <= high)
) STRICT;

CREATE TABLE difference (
    id INTEGER PRIMARY KEY,
    source_table INTEGER NOT NULL REFERENCES source_table,
    explanation TEXT NOT NULL
) STRICT;

-- A total as printed; NULL is summed over. row_position is NULL where it stands outside the grid.
CREATE TABLE printed_total (
    id INTEGER PRIMARY KEY,
    source_table INTEGER NOT NULL REFERENCES source_table,
    place TEXT REFERENCES place,
    period TEXT REFERENCES period,
    geweld TEXT REFERENCES geweld,
    category TEXT REFERENCES category,
    value REAL NOT NULL,
    row_position INTEGER,
    column_position INTEGER,
    difference INTEGER REFERENCES difference,
    FOREIGN KEY (source_table, row_position) REFERENCES source_row,
    FOREIGN KEY (source_table, column_position) REFERENCES source_column
) STRICT;

-- What was built from what: data_version, content_hash, built_at.
CREATE TABLE build (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Every number of an indicator that a page can ask for: cells, and the sums that may be taken of them
-- (over the gemeenten of a complete region, over quarters and half years, over KM/HG/OM, over categories).
-- geweld is 'alle' where summed over or not split; category is '' where summed over or not split.
CREATE TABLE measured (
    indicator TEXT NOT NULL REFERENCES indicator,
    place TEXT NOT NULL REFERENCES place,
    period TEXT NOT NULL REFERENCES period,
    geweld TEXT NOT NULL REFERENCES geweld,
    category TEXT NOT NULL,
    value REAL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    is_provisional INTEGER NOT NULL,
    is_recovered INTEGER NOT NULL, -- 1 where any of it was worked out from totals
    basis TEXT NOT NULL CHECK (basis IN ('cells', 'printed total')),
    source_table INTEGER NOT NULL REFERENCES source_table,
    PRIMARY KEY (indicator, place, period, geweld, category)
) STRICT, WITHOUT ROWID;

-- What `measured` holds, by indicator, place and period: the geweld of its totals and of its classes, by commas.
CREATE TABLE coverage (
    indicator TEXT NOT NULL REFERENCES indicator,
    place TEXT NOT NULL REFERENCES place,
    period TEXT NOT NULL REFERENCES period,
    geweld TEXT,
    class_geweld TEXT,
    source_table INTEGER NOT NULL REFERENCES source_table,
    PRIMARY KEY (indicator, place, period)
) STRICT, WITHOUT ROWID;

-- What is not shown where small numbers are shielded: a number of `measured`, or the sum of a shared group (category
-- groep: and its id) or of a printed heading (kop: and its text).
CREATE TABLE suppressed (
    indicator TEXT NOT NULL REFERENCES indicator,
    place TEXT NOT NULL REFERENCES place,
    period TEXT NOT NULL REFERENCES period,
    geweld TEXT NOT NULL REFERENCES geweld,
    category TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('SMALL', 'WITHHELD')),
    PRIMARY KEY (indicator, place, period, geweld, category)
) STRICT, WITHOUT ROWID;

-- The numbers that no text about a table may then name.
CREATE TABLE secret (
    source_table INTEGER NOT NULL REFERENCES source_table,
    value INTEGER NOT NULL,
    PRIMARY KEY (source_table, value)
) STRICT, WITHOUT ROWID;

-- How much of a report is in.
CREATE TABLE report_size (
    report TEXT PRIMARY KEY REFERENCES report,
    tables INTEGER NOT NULL,
    cells INTEGER NOT NULL,
    totals INTEGER NOT NULL
) STRICT;

-- What came of every check of a report (vt/audit/checks.py). `printed` and `computed` are the two sides of a relation.
CREATE TABLE verdict (
    id INTEGER PRIMARY KEY,
    report TEXT NOT NULL REFERENCES report,
    source_table INTEGER REFERENCES source_table,
    chapter TEXT NOT NULL, -- the number of the table, or of the chapter where the text says it
    kind TEXT NOT NULL CHECK (kind IN ('totaal', 'afgeleid', 'bewering', 'verband', 'bijlage')),
    about TEXT NOT NULL,
    printed REAL,
    computed REAL,
    unit TEXT NOT NULL,
    outcome TEXT NOT NULL
        CHECK (outcome IN ('klopt', 'volgens gebruik', 'afgekapt', 'wijkt af', 'niet na te rekenen')),
    explanation TEXT,
    remark TEXT,
    beside TEXT -- the printed column that the number stands in, where that is not part of the grid
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

-- What a reader should know: numbers that differ, are cut off, or follow a custom of the report.
CREATE VIEW finding AS
SELECT
    verdict.id,
    verdict.kind,
    CASE
        WHEN outcome <> 'wijkt af' THEN 'licht'
        WHEN explanation IS NULL AND kind <> 'bijlage' THEN 'onverklaard'
        ELSE 'verklaard'
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
WHERE outcome IN ('wijkt af', 'afgekapt', 'volgens gebruik');

CREATE INDEX verdict_report ON verdict (report, kind);
CREATE INDEX verdict_table ON verdict (source_table);
CREATE INDEX verdict_printed ON verdict (printed, kind);
CREATE INDEX verdict_computed ON verdict (computed, outcome);
CREATE INDEX verdict_number_of ON verdict_number (verdict);
CREATE INDEX known_sum_table ON known_sum (source_table);
CREATE INDEX observation_table ON observation (source_table, place, period);
CREATE INDEX total_table ON printed_total (source_table);
CREATE INDEX observation_value ON observation (value);
CREATE INDEX total_value ON printed_total (value);

-- The public view: one row per printed number. Documented in data/README.md.
CREATE VIEW figures AS
SELECT
    source_table.report,
    source_table.number AS table_number,
    source_table.heading AS table_heading,
    source_table.indicator,
    indicator.unit,
    place.id AS place,
    place.label AS place_label,
    place.region,
    fact.period,
    fact.geweld,
    category.classification,
    category.name AS category,
    category.label AS category_label,
    fact.value,
    fact.low,
    fact.high,
    fact.status,
    fact.is_total
FROM (
    SELECT source_table, place, period, geweld, category, value, low, high, status, 0 AS is_total
    FROM observation
    UNION ALL
    SELECT
        total.source_table,
        coalesce(total.place, source_table.place),
        coalesce(total.period, source_table.period),
        coalesce(total.geweld, 'alle'),
        total.category,
        total.value,
        total.value,
        total.value,
        'printed',
        1
    FROM printed_total AS total
    JOIN source_table ON source_table.id = total.source_table
) AS fact
JOIN source_table ON source_table.id = fact.source_table
JOIN indicator ON indicator.id = source_table.indicator
JOIN place ON place.id = fact.place
LEFT JOIN category ON category.id = fact.category;

-- Printed totals beside the sum of their parts; computed is NULL where lost blanks hide which cells are the parts, and
-- for percentages, which have no sum.
CREATE VIEW total_check AS
SELECT
    total.id AS printed_total,
    total.source_table,
    total.place,
    total.period,
    total.geweld,
    total.category,
    total.value AS printed,
    CASE WHEN hidden.source_table IS NULL AND indicator.unit <> 'procent' THEN sum(part.value) END AS computed,
    count(part.id) AS parts,
    difference.explanation
FROM printed_total AS total
JOIN source_table ON source_table.id = total.source_table
JOIN indicator ON indicator.id = source_table.indicator
LEFT JOIN observation AS part
    ON part.source_table = total.source_table
    AND (total.place IS NULL OR part.place = total.place)
    AND (total.period IS NULL OR part.period = total.period)
    AND (total.geweld IS NULL OR part.geweld = total.geweld)
    AND (total.category IS NULL OR part.category = total.category)
LEFT JOIN (SELECT DISTINCT source_table FROM source_row WHERE is_sequence) AS hidden
    ON hidden.source_table = total.source_table AND total.place <> source_table.place
LEFT JOIN difference ON difference.id = total.difference
GROUP BY total.id;

-- Ready stories: slides in an order that answer a question (data/catalogue/stories.yaml).
CREATE TABLE story (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL UNIQUE,
    question TEXT NOT NULL,
    meant_for TEXT NOT NULL CHECK (meant_for IN ('gemeente', 'regio', 'alle')),
    story_group TEXT NOT NULL, -- empty where it stands by itself
    position INTEGER NOT NULL
) STRICT;

-- One row per figure that can fill a slide; the lowest `alternative` that the sources can fill is used.
CREATE TABLE story_slide (
    story TEXT NOT NULL REFERENCES story,
    slide INTEGER NOT NULL,
    alternative INTEGER NOT NULL,
    spoken TEXT NOT NULL,
    measure TEXT, -- the name of one of vt/model/measures.py
    form TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (story, slide, alternative)
) STRICT, WITHOUT ROWID;

CREATE TABLE story_indicator (
    story TEXT NOT NULL,
    slide INTEGER NOT NULL,
    alternative INTEGER NOT NULL,
    position INTEGER NOT NULL,
    indicator TEXT NOT NULL REFERENCES indicator,
    PRIMARY KEY (story, slide, alternative, position),
    FOREIGN KEY (story, slide, alternative) REFERENCES story_slide
) STRICT, WITHOUT ROWID;
