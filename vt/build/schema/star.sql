-- The star: facts in observation and printed_total, everything else says what they are about.

CREATE TABLE place (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    also TEXT NOT NULL, -- another name of it; '' for most
    kind TEXT NOT NULL CHECK (kind IN ('land', 'region', 'gemeente', 'rest')),
    region TEXT REFERENCES place,
    code TEXT UNIQUE,
    province TEXT,
    since TEXT,
    gone TEXT -- the first day on which it was no more
) STRICT;

-- Gemeenten that are known by name, and of which there are no numbers: of no concern to any figure.
CREATE TABLE gemeente (
    code TEXT PRIMARY KEY,
    label TEXT NOT NULL UNIQUE,
    also TEXT NOT NULL, -- as of a place
    region TEXT NOT NULL REFERENCES place,
    since TEXT,
    gone TEXT
) STRICT, WITHOUT ROWID;

-- What a place that is no more went into, by name.
CREATE TABLE successor (
    place TEXT NOT NULL, -- id of a place, or code of a gemeente
    label TEXT NOT NULL,
    PRIMARY KEY (place, label)
) STRICT, WITHOUT ROWID;

-- Outlines of gemeenten and regions by their code, on one flat grid; of more of them than there are places.
CREATE TABLE border (
    code TEXT PRIMARY KEY,
    path TEXT NOT NULL, -- SVG
    west REAL NOT NULL,
    north REAL NOT NULL,
    east REAL NOT NULL,
    south REAL NOT NULL,
    x REAL NOT NULL, -- where its name stands best
    y REAL NOT NULL,
    room REAL NOT NULL -- for the name, across
) STRICT, WITHOUT ROWID;

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
    months INTEGER NOT NULL CHECK (months >= 0) -- 0 where the source does not say when
) STRICT;

CREATE TABLE geweld (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    short TEXT NOT NULL -- as it heads a column; empty for alle
) STRICT;

CREATE TABLE classification (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL
) STRICT;

CREATE TABLE category_group (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    said TEXT NOT NULL, -- as it stands in a sentence: politie en justitie
    parent TEXT REFERENCES category_group
) STRICT;

CREATE TABLE category (
    id TEXT PRIMARY KEY, -- classification/name
    classification TEXT NOT NULL REFERENCES classification,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    short TEXT NOT NULL,
    said TEXT NOT NULL, -- as it stands in a sentence, after the verb of an indicator: buurtbewoners
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

-- The headings of a topic's page.
CREATE TABLE topic_section (
    topic TEXT NOT NULL REFERENCES topic,
    heading TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (topic, heading)
) STRICT, WITHOUT ROWID;

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
    norm_within TEXT,
    split TEXT REFERENCES indicator, -- the indicator that tells the same by KM/HG/OM
    nearest TEXT REFERENCES indicator, -- what comes nearest, for sources that do not have this one
    section TEXT, -- its heading on the page of its topic; empty is the first
    grouped_as TEXT, -- what its many classes are called once they are grouped
    beside TEXT REFERENCES indicator, -- what reports have of the same thing, where this is CBS's of places with both
    part_of TEXT REFERENCES indicator, -- the number that this is a part of
    about TEXT CHECK (about IN ('incident', 'decision', 'organisation')), -- what people report, what is decided, itself
    verb_one TEXT NOT NULL, -- komt van: from what is counted to a class of it
    verb_many TEXT NOT NULL, -- komen van
    position INTEGER NOT NULL,
    FOREIGN KEY (topic, section) REFERENCES topic_section
) STRICT;

CREATE TABLE glossary (
    term TEXT PRIMARY KEY,
    abbreviation TEXT,
    definition TEXT NOT NULL
) STRICT;

-- The figures that need a term.
CREATE TABLE glossary_indicator (
    term TEXT NOT NULL REFERENCES glossary,
    indicator TEXT NOT NULL REFERENCES indicator,
    PRIMARY KEY (term, indicator)
) STRICT, WITHOUT ROWID;

CREATE TABLE population_source (
    label TEXT PRIMARY KEY,
    note TEXT NOT NULL,
    accessed TEXT -- the day on which it was fetched: 2021-12-31
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
    note TEXT,
    published TEXT, -- the day on which it came out: 2021-12-31
    accessed TEXT, -- the day on which it was fetched
    checked_by TEXT, -- who read the file a second time beside the printed report, and when
    checked_on TEXT,
    source TEXT NOT NULL, -- who counted, as a sentence names it
    CHECK ((checked_by IS NULL) = (checked_on IS NULL))
) STRICT;

-- How a report counts an indicator (data/catalogue/counting.yaml); what it does not tell has no row.
CREATE TABLE counting (
    report TEXT NOT NULL REFERENCES report,
    indicator TEXT NOT NULL REFERENCES indicator,
    aspect TEXT NOT NULL CHECK (
        aspect IN ('event', 'unit', 'universe', 'places', 'period', 'classes', 'geweld')
    ),
    value TEXT NOT NULL, -- as it is read after "telt"
    stated_in TEXT NOT NULL,
    PRIMARY KEY (report, indicator, aspect)
) STRICT, WITHOUT ROWID;

-- What a report says about a term, in our own words.
CREATE TABLE remark (
    report TEXT NOT NULL REFERENCES report,
    term TEXT NOT NULL REFERENCES glossary,
    chapter TEXT NOT NULL,
    text TEXT NOT NULL
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

-- The document that a report was read from (data/origins/); of one that was typed there is none.
CREATE TABLE document (
    report TEXT PRIMARY KEY REFERENCES report,
    kind TEXT NOT NULL, -- PDF, Excel
    sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What a table covers of a page of its document, as a picture; sides in points of the page.
CREATE TABLE piece (
    source_table INTEGER NOT NULL REFERENCES source_table,
    page INTEGER NOT NULL,
    png BLOB NOT NULL,
    x0 REAL NOT NULL,
    top REAL NOT NULL,
    x1 REAL NOT NULL,
    bottom REAL NOT NULL,
    PRIMARY KEY (source_table, page, top, x0)
) STRICT;

-- Where a printed number stands in its document: as a person is told (blz. 3, cel B7), and of a page where on it.
CREATE TABLE cell_place (
    source_table INTEGER NOT NULL REFERENCES source_table,
    row_position INTEGER NOT NULL,
    column_position INTEGER NOT NULL,
    spot TEXT NOT NULL,
    page INTEGER NOT NULL,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    PRIMARY KEY (source_table, row_position, column_position)
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

CREATE INDEX known_sum_table ON known_sum (source_table);
CREATE INDEX observation_table ON observation (source_table, place, period);
CREATE INDEX total_table ON printed_total (source_table);
CREATE INDEX observation_value ON observation (value);
CREATE INDEX total_value ON printed_total (value);
