-- Fills the table measured, step by step: place, period, geweld, category. Run once, at the end of a build.

-- 1. Places. A table's own place sums every cell in it, unless cells of some gemeenten of the region are missing.
CREATE TEMP TABLE step AS
WITH listed AS (
    SELECT t.id AS source_table, t.place, count(DISTINCT m.id) AS gemeenten
    FROM source_table AS t
    JOIN observation AS o ON o.source_table = t.id
    JOIN place AS m ON m.id = o.place AND m.kind = 'gemeente' AND m.region = t.place
    GROUP BY t.id
),
incomplete AS (
    SELECT source_table FROM listed
    WHERE gemeenten < (SELECT count(*) FROM place WHERE kind = 'gemeente' AND region = listed.place)
)
SELECT
    t.indicator, o.source_table, o.place, o.period, o.geweld, coalesce(o.category, '') AS category,
    sum(o.low) AS low, sum(o.high) AS high, max(o.is_provisional) AS is_provisional
FROM observation AS o
JOIN source_table AS t ON t.id = o.source_table
WHERE o.place <> t.place
GROUP BY o.source_table, o.place, o.period, o.geweld, o.category
UNION ALL
SELECT
    t.indicator, o.source_table, t.place, o.period, o.geweld, coalesce(o.category, ''),
    sum(o.low), sum(o.high), max(o.is_provisional)
FROM observation AS o
JOIN source_table AS t ON t.id = o.source_table
WHERE t.id NOT IN (SELECT source_table FROM incomplete)
GROUP BY o.source_table, o.period, o.geweld, o.category;

CREATE INDEX temp.step_question ON step (indicator, place, period, source_table);
CREATE INDEX temp.step_table ON step (source_table, period);

-- 2. Periods: a half year or year of which every quarter or half year is there; counts only.
INSERT INTO step
SELECT
    s.indicator, s.source_table, s.place, whole.id, s.geweld, s.category,
    sum(s.low), sum(s.high), max(s.is_provisional)
FROM step AS s
JOIN indicator AS i ON i.id = s.indicator AND i.unit = 'aantal'
JOIN period AS part ON part.id = s.period AND part.months IN (3, 6)
JOIN period AS whole
    ON whole.months IN (6, 12) AND whole.months > part.months
    AND whole.start <= part.start AND whole.start + whole.months >= part.start + part.months
WHERE NOT EXISTS (
    SELECT 1 FROM step AS printed WHERE printed.source_table = s.source_table AND printed.period = whole.id
)
GROUP BY s.source_table, s.place, whole.id, part.months, s.geweld, s.category
HAVING sum(part.months) = whole.months;

-- 3. KM/HG/OM together, where the table has more than one of them.
INSERT INTO step
SELECT
    s.indicator, s.source_table, s.place, s.period, 'alle', s.category,
    sum(s.low), sum(s.high), max(s.is_provisional)
FROM step AS s
WHERE s.geweld <> 'alle'
AND s.source_table IN (SELECT source_table FROM step GROUP BY source_table HAVING count(DISTINCT geweld) > 1)
GROUP BY s.source_table, s.place, s.period, s.category;

-- 4. Categories together; counts only, and not for a gemeente of which some cells have lost their place.
INSERT INTO step
SELECT
    s.indicator, s.source_table, s.place, s.period, s.geweld, '',
    sum(s.low), sum(s.high), max(s.is_provisional)
FROM step AS s
JOIN indicator AS i ON i.id = s.indicator AND i.unit = 'aantal'
JOIN source_table AS t ON t.id = s.source_table
WHERE s.category <> ''
AND (s.place = t.place OR t.id NOT IN (SELECT source_table FROM source_row WHERE is_sequence))
GROUP BY s.source_table, s.place, s.period, s.geweld;

-- 5. One answer to each question: the first table of the first report that has one.
INSERT INTO measured
SELECT
    s.indicator, s.place, s.period, s.geweld, s.category,
    CASE WHEN s.low = s.high THEN s.low END, s.low, s.high, s.is_provisional, 'cells', s.source_table
FROM step AS s
WHERE s.source_table = (
    SELECT min(best.source_table) FROM step AS best
    WHERE best.indicator = s.indicator AND best.place = s.place AND best.period = s.period
);

-- 6. Where lost blanks hide a gemeente's parts, its printed total is the number there is.
INSERT OR IGNORE INTO measured
SELECT
    t.indicator, total.place, coalesce(total.period, t.period), 'alle', '',
    total.value, total.value, total.value, 0, 'printed total', t.id
FROM printed_total AS total
JOIN source_table AS t ON t.id = total.source_table
WHERE total.place IS NOT NULL AND total.category IS NULL AND total.place <> t.place
AND coalesce(total.geweld, 'alle') = 'alle';

DROP TABLE step;
