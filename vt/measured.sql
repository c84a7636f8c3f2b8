-- Fills the table measured, step by step: place, geweld, category, period. Run once, at the end of a build.
-- Only counts are summed, percentages never.

-- 1. Places. A table's own place sums every cell in it, unless gemeenten of the region are missing beside
-- other parts of it.
CREATE TEMP TABLE step AS
WITH listed AS (
    SELECT t.id AS source_table, t.place, o.period, count(DISTINCT m.id) FILTER (WHERE m.kind = 'gemeente') AS gemeenten
    FROM source_table AS t
    JOIN observation AS o ON o.source_table = t.id
    JOIN place AS m ON m.id = o.place AND m.kind IN ('gemeente', 'rest') AND m.region = t.place
    GROUP BY t.id, o.period, o.geweld, o.category
),
incomplete AS (
    SELECT source_table, period FROM listed
    WHERE gemeenten < (SELECT count(*) FROM place WHERE kind = 'gemeente' AND region = listed.place)
)
SELECT
    t.indicator, o.source_table, o.place, o.period, o.geweld, coalesce(o.category, '') AS category,
    sum(o.low) AS low, sum(o.high) AS high, max(o.is_provisional) AS is_provisional,
    max(o.status <> 'printed') AS is_recovered
FROM observation AS o
JOIN source_table AS t ON t.id = o.source_table
WHERE o.place <> t.place
GROUP BY o.source_table, o.place, o.period, o.geweld, o.category
UNION ALL
SELECT
    t.indicator, o.source_table, t.place, o.period, o.geweld, coalesce(o.category, ''),
    sum(o.low), sum(o.high), max(o.is_provisional), 0
FROM observation AS o
JOIN source_table AS t ON t.id = o.source_table
JOIN indicator AS i ON i.id = t.indicator
WHERE (i.unit = 'aantal' OR o.place = t.place)
AND o.status = 'printed'
AND (t.id, o.period) NOT IN (SELECT source_table, period FROM incomplete)
GROUP BY o.source_table, o.period, o.geweld, o.category
UNION ALL
-- a row that lost its blanks has a certain sum
SELECT t.indicator, k.source_table, k.place, k.period, coalesce(k.geweld, 'alle'), coalesce(k.category, ''),
    k.low, k.high, 0, 0
FROM known_sum AS k
JOIN source_table AS t ON t.id = k.source_table
WHERE k.kind = '';

CREATE INDEX temp.step_question ON step (indicator, place, period, source_table);
CREATE INDEX temp.step_table ON step (source_table, period);

-- 2. KM/HG/OM together, where the table has more than one of them.
INSERT INTO step
SELECT
    s.indicator, s.source_table, s.place, s.period, 'alle', s.category,
    sum(s.low), sum(s.high), max(s.is_provisional), max(s.is_recovered)
FROM step AS s
JOIN indicator AS i ON i.id = s.indicator AND i.unit = 'aantal'
WHERE s.geweld <> 'alle'
AND s.source_table IN (SELECT source_table FROM step GROUP BY source_table HAVING count(DISTINCT geweld) > 1)
GROUP BY s.source_table, s.place, s.period, s.category;

-- 3. Categories together; not for a gemeente of which some cells have lost their place.
INSERT INTO step
SELECT
    s.indicator, s.source_table, s.place, s.period, s.geweld, '',
    sum(s.low), sum(s.high), max(s.is_provisional), max(s.is_recovered)
FROM step AS s
JOIN indicator AS i ON i.id = s.indicator AND i.unit = 'aantal'
JOIN source_table AS t ON t.id = s.source_table
WHERE s.category <> ''
AND (
    s.place = t.place
    OR t.id NOT IN (SELECT source_table FROM source_row WHERE is_sequence)
    OR (s.geweld <> 'alle' AND t.id IN (SELECT source_table FROM known_sum))
)
GROUP BY s.source_table, s.place, s.period, s.geweld;

-- 4. Periods: two quarters make a half year, then two half years a year, where the table does not print it itself.
CREATE TEMP VIEW joined AS
SELECT
    s.indicator, s.source_table, s.place, whole.id AS period, s.geweld, s.category,
    sum(s.low) AS low, sum(s.high) AS high, max(s.is_provisional) AS is_provisional,
    max(s.is_recovered) AS is_recovered, whole.months
FROM step AS s
JOIN indicator AS i ON i.id = s.indicator AND i.unit = 'aantal'
JOIN period AS part ON part.id = s.period
JOIN period AS whole
    ON whole.months = 2 * part.months AND whole.months IN (6, 12) AND part.start - whole.start IN (0, part.months)
WHERE NOT EXISTS (
    SELECT 1 FROM step AS printed WHERE printed.source_table = s.source_table AND printed.period = whole.id
)
GROUP BY s.source_table, s.place, whole.id, s.geweld, s.category
HAVING count(*) = 2;

INSERT INTO step
SELECT indicator, source_table, place, period, geweld, category, low, high, is_provisional, is_recovered
FROM joined WHERE months = 6;

INSERT INTO step
SELECT indicator, source_table, place, period, geweld, category, low, high, is_provisional, is_recovered
FROM joined WHERE months = 12;

DROP VIEW joined;

-- 5. One answer to each question: the first table of the first report that has one.
INSERT INTO measured
SELECT
    s.indicator, s.place, s.period, s.geweld, s.category,
    CASE WHEN s.low = s.high THEN s.low END, s.low, s.high, s.is_provisional, s.is_recovered,
    'cells', s.source_table
FROM step AS s
WHERE s.source_table = (
    SELECT min(best.source_table) FROM step AS best
    WHERE best.indicator = s.indicator AND best.place = s.place AND best.period = s.period
);

-- 6. Where lost blanks hide a gemeente's parts, its printed total is the number there is.
INSERT OR IGNORE INTO measured
SELECT
    t.indicator, total.place, coalesce(total.period, t.period), 'alle', '',
    total.value, total.value, total.value, 0, 0, 'printed total', t.id
FROM printed_total AS total
JOIN source_table AS t ON t.id = total.source_table
WHERE total.place IS NOT NULL AND total.category IS NULL AND total.place <> t.place
AND coalesce(total.geweld, 'alle') = 'alle';

-- 7. KM, HG and OM of a gemeente, worked out together where its table lost blanks.
INSERT OR REPLACE INTO measured
SELECT
    t.indicator, k.place, k.period, k.name, '', CASE WHEN k.low = k.high THEN k.low END, k.low, k.high, 0, 1,
    'cells', t.id
FROM known_sum AS k
JOIN source_table AS t ON t.id = k.source_table
WHERE k.kind = 'geweld';

DROP TABLE step;

-- 8. What there is, so that no page has to look through all of it.
INSERT INTO coverage
SELECT
    indicator, place, period,
    group_concat(DISTINCT geweld) FILTER (WHERE category = ''),
    group_concat(DISTINCT geweld) FILTER (WHERE category <> ''),
    min(source_table)
FROM measured GROUP BY indicator, place, period;
