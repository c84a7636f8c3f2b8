-- What measured.sql works with: once, before the first batch.

-- The tables still to do, by number of their batch.
CREATE TEMP TABLE todo (
    source_table INTEGER PRIMARY KEY,
    number INTEGER NOT NULL
);

-- The tables of the batch at hand.
CREATE TEMP TABLE batch (
    source_table INTEGER PRIMARY KEY,
    indicator TEXT NOT NULL,
    place TEXT NOT NULL,
    is_count INTEGER NOT NULL,
    gemeenten INTEGER NOT NULL, -- in the region that the table is about
    lost_blanks INTEGER NOT NULL,
    has_sums INTEGER NOT NULL -- what lost its blanks was worked out
);

-- What can be asked of a table: a place in a period.
CREATE TEMP TABLE question (
    id INTEGER PRIMARY KEY,
    source_table INTEGER NOT NULL,
    place TEXT NOT NULL,
    period TEXT NOT NULL,
    UNIQUE (source_table, place, period)
);

-- Every number that the tables of a batch can give; category is '' where summed over or not split. One column for the
-- whole question: three texts would have to be compared at every turn.
CREATE TEMP TABLE step (
    question INTEGER NOT NULL,
    category TEXT NOT NULL,
    geweld TEXT NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    is_provisional INTEGER NOT NULL,
    is_recovered INTEGER NOT NULL,
    PRIMARY KEY (question, category, geweld)
) WITHOUT ROWID;

-- All cells of a table together, of any place; low is NULL where there is no such sum.
CREATE TEMP TABLE whole (
    source_table INTEGER NOT NULL,
    period TEXT NOT NULL,
    category TEXT NOT NULL,
    geweld TEXT NOT NULL,
    parts INTEGER NOT NULL,
    gemeenten INTEGER NOT NULL,
    low REAL,
    high REAL,
    is_provisional INTEGER
);

-- The periods that a table has numbers of.
CREATE TEMP TABLE held (
    source_table INTEGER NOT NULL,
    period TEXT NOT NULL,
    PRIMARY KEY (source_table, period)
) WITHOUT ROWID;

-- A question about a longer period, and the two that answer it together.
CREATE TEMP TABLE joined (
    question INTEGER PRIMARY KEY,
    period TEXT NOT NULL,
    first INTEGER NOT NULL,
    second INTEGER NOT NULL
);

-- The questions that a table is the first to answer.
CREATE TEMP TABLE answer (
    question INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    place TEXT NOT NULL,
    period TEXT NOT NULL,
    source_table INTEGER NOT NULL
);

CREATE TEMP TABLE part (
    region TEXT NOT NULL,
    place TEXT NOT NULL,
    is_gemeente INTEGER NOT NULL,
    PRIMARY KEY (region, place)
) WITHOUT ROWID;

INSERT INTO part
SELECT region, id, kind = 'gemeente' FROM place WHERE kind IN ('gemeente', 'rest') AND region IS NOT NULL;

-- Two quarters that are a half year, two half years that are a year.
CREATE TEMP TABLE pair AS
SELECT one.id AS first, two.id AS second, whole.id AS whole, whole.months
FROM period AS one
JOIN period AS two ON two.months = one.months AND two.start = one.start + one.months
JOIN period AS whole ON whole.months = 2 * one.months AND whole.months IN (6, 12) AND whole.start = one.start;
