-- What the steps 1 to 5 work with, before the first batch. They run at the end of a build (fill_aggregate in
-- vt/build/build.py), 1 to 4 once for each batch of tables in their order, so that what is sorted and looked up stays
-- small, however many cells there are; how large the batches are changes no row. Only counts are summed, percentages never.
-- CROSS JOIN and INDEXED BY hold the order of work: nothing is known of the size of these tables when it is planned.

-- The tables still to do, by number of their batch.
CREATE TEMP TABLE pending (
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
CREATE TEMP TABLE target (
    id INTEGER PRIMARY KEY,
    source_table INTEGER NOT NULL,
    place TEXT NOT NULL,
    period TEXT NOT NULL,
    UNIQUE (source_table, place, period)
);

-- Every number that the tables of a batch can give; category is '' where summed over or not split. One column for the
-- whole target: three texts would have to be compared at every turn.
CREATE TEMP TABLE part_sum (
    target INTEGER NOT NULL,
    category TEXT NOT NULL,
    geweld TEXT NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    is_provisional INTEGER NOT NULL,
    is_recovered INTEGER NOT NULL,
    PRIMARY KEY (target, category, geweld)
) WITHOUT ROWID;

-- All cells of a table together, of any place; low is NULL where there is no such sum.
CREATE TEMP TABLE table_sum (
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

-- Which table answers a target; of a sum over periods the first of its tables.
CREATE TEMP TABLE answered (
    indicator TEXT NOT NULL,
    place TEXT NOT NULL,
    period TEXT NOT NULL,
    source_table INTEGER NOT NULL,
    PRIMARY KEY (indicator, place, period)
) WITHOUT ROWID;

-- All tables of a sum over periods that stand in more than one.
CREATE TEMP TABLE joined (
    indicator TEXT NOT NULL,
    place TEXT NOT NULL,
    period TEXT NOT NULL,
    source_table INTEGER NOT NULL,
    PRIMARY KEY (indicator, place, period, source_table)
) WITHOUT ROWID;

-- A period to be answered, and the two halves that answer it together.
CREATE TEMP TABLE period_pair (
    indicator TEXT NOT NULL,
    place TEXT NOT NULL,
    period TEXT NOT NULL,
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    source_table INTEGER NOT NULL,
    is_one_table INTEGER NOT NULL
);

-- The targets that a table is the first to answer.
CREATE TEMP TABLE winner (
    target INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    place TEXT NOT NULL,
    period TEXT NOT NULL,
    source_table INTEGER NOT NULL
);

CREATE TEMP TABLE region_part (
    region TEXT NOT NULL,
    place TEXT NOT NULL,
    is_gemeente INTEGER NOT NULL,
    PRIMARY KEY (region, place)
) WITHOUT ROWID;

INSERT INTO region_part
SELECT region, id, kind = 'gemeente' FROM place WHERE kind IN ('gemeente', 'rest') AND region IS NOT NULL;

-- Two quarters that are a half year, two half years that are a year.
CREATE TEMP TABLE halves AS
SELECT one.id AS first, two.id AS second, both.id AS period, both.months
FROM period AS one
JOIN period AS two ON two.months = one.months AND two.start = one.start + one.months
JOIN period AS both ON both.months = 2 * one.months AND both.months IN (6, 12) AND both.start = one.start;

-- How many months are made of halves: the one row that step 5 is told by.
CREATE TEMP TABLE asked_length (months INTEGER NOT NULL);

INSERT INTO asked_length VALUES (6);
