-- What the build makes of all facts together, so that no page adds up or searches (vt/build/rollup, suppression.py).

-- Every number of an indicator that a page can ask for: cells, and the sums that may be taken of them
-- (over the gemeenten of a complete region, over quarters and half years, over KM/HG/OM, over categories).
-- geweld is 'alle' where summed over or not split; category is '' where summed over or not split.
CREATE TABLE aggregate (
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
    basis TEXT NOT NULL CHECK (basis IN ('cells', 'printed total', 'statline')),
    source_table INTEGER NOT NULL REFERENCES source_table, -- of a sum over periods in more tables the first
    PRIMARY KEY (indicator, place, period, geweld, category)
) STRICT, WITHOUT ROWID;

-- What `aggregate` holds, by indicator, place and period: the geweld of its totals and of its classes, and the tables
-- that it comes from, by commas.
CREATE TABLE coverage (
    indicator TEXT NOT NULL REFERENCES indicator,
    place TEXT NOT NULL REFERENCES place,
    period TEXT NOT NULL REFERENCES period,
    geweld TEXT,
    class_geweld TEXT,
    source_tables TEXT NOT NULL,
    PRIMARY KEY (indicator, place, period)
) STRICT, WITHOUT ROWID;

-- What is printed for a number of `aggregate` that its cells do not add up to, where it can be either.
CREATE TABLE contested (
    indicator TEXT NOT NULL REFERENCES indicator,
    place TEXT NOT NULL REFERENCES place,
    period TEXT NOT NULL REFERENCES period,
    geweld TEXT NOT NULL REFERENCES geweld,
    category TEXT NOT NULL,
    printed REAL NOT NULL,
    PRIMARY KEY (indicator, place, period, geweld, category)
) STRICT, WITHOUT ROWID;

-- A region's total where part of it lies outside its gemeenten: what these have together, and the rest groups; `told_by`
-- is the indicator that has them, where this one is printed for the region alone.
CREATE TABLE rest_group (
    indicator TEXT NOT NULL REFERENCES indicator,
    place TEXT NOT NULL REFERENCES place,
    period TEXT NOT NULL REFERENCES period,
    geweld TEXT NOT NULL REFERENCES geweld,
    label TEXT NOT NULL,
    members INTEGER NOT NULL, -- gemeenten
    gemeenten REAL NOT NULL,
    rest REAL NOT NULL,
    total REAL NOT NULL,
    is_large INTEGER NOT NULL,
    told_by TEXT NOT NULL REFERENCES indicator,
    PRIMARY KEY (indicator, place, period, geweld)
) STRICT, WITHOUT ROWID;

-- What is not shown where all small numbers are shielded: a number of `aggregate`, or the sum of a shared group
-- (category groep: and its id) or of a printed heading (kop: and its text).
CREATE TABLE suppressed (
    indicator TEXT NOT NULL REFERENCES indicator,
    place TEXT NOT NULL REFERENCES place,
    period TEXT NOT NULL REFERENCES period,
    geweld TEXT NOT NULL REFERENCES geweld,
    category TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('SMALL', 'RECOVERED', 'WITHHELD')),
    is_recovered INTEGER NOT NULL, -- 1 where it was worked out as less than 5: not shown unless asked for
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

-- Of which numbers CBS says that they are secret or not known, in StatLine.
CREATE TABLE withheld (
    indicator TEXT NOT NULL REFERENCES indicator,
    place TEXT NOT NULL REFERENCES place,
    period TEXT NOT NULL REFERENCES period,
    category TEXT NOT NULL,
    reason TEXT NOT NULL,
    published TEXT NOT NULL, -- the day of the table that says so
    PRIMARY KEY (indicator, place, period, category)
) STRICT, WITHOUT ROWID;
