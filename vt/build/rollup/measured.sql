-- Fills the table measured, step by step: place, geweld, category, period. Run at the end of a build by fill_measured
-- in vt/build/build.py, once for each batch of tables in their order, between measured_before.sql (what it works with) and
-- measured_after.sql. So what is sorted and looked up stays small, however many cells there are; how large the batches
-- are changes no row. Only counts are summed, percentages never.
-- CROSS JOIN and INDEXED BY hold the order of work: nothing is known of the size of these tables when it is planned.

DELETE FROM batch;
DELETE FROM question;
DELETE FROM step;
DELETE FROM whole;
DELETE FROM answer;

INSERT INTO batch
SELECT
    t.id, t.indicator, t.place, i.unit = 'aantal',
    (SELECT count(*) FROM part WHERE part.region = t.place AND part.is_gemeente),
    EXISTS (SELECT 1 FROM source_row AS r WHERE r.source_table = t.id AND r.is_sequence),
    EXISTS (SELECT 1 FROM known_sum AS k WHERE k.source_table = t.id)
FROM source_table AS t
JOIN indicator AS i ON i.id = t.indicator
WHERE t.id IN (SELECT source_table FROM todo WHERE number = (SELECT min(number) FROM todo));

DELETE FROM todo WHERE number = (SELECT min(number) FROM todo);

INSERT INTO question (source_table, place, period)
SELECT DISTINCT b.source_table, o.place, o.period
FROM batch AS b
CROSS JOIN observation AS o INDEXED BY observation_table ON o.source_table = b.source_table
ORDER BY b.source_table, o.place, o.period;

-- 1. Places: each cell as it is; no two are about the same.
INSERT INTO step
SELECT q.id, coalesce(o.category, ''), o.geweld, o.low, o.high, o.is_provisional, o.status <> 'printed'
FROM batch AS b
CROSS JOIN question AS q ON q.source_table = b.source_table AND q.place <> b.place
CROSS JOIN observation AS o INDEXED BY observation_table
    ON o.source_table = q.source_table AND o.place = q.place AND o.period = q.period;

-- A table's own place sums every cell in it, unless gemeenten of the region are missing beside other parts of it.
INSERT INTO whole
SELECT
    b.source_table, o.period, coalesce(o.category, ''), o.geweld,
    count(part.place), coalesce(sum(part.is_gemeente), 0),
    sum(o.low) FILTER (WHERE o.status = 'printed' AND (b.is_count OR o.place = b.place)),
    sum(o.high) FILTER (WHERE o.status = 'printed' AND (b.is_count OR o.place = b.place)),
    max(o.is_provisional) FILTER (WHERE o.status = 'printed' AND (b.is_count OR o.place = b.place))
FROM batch AS b
CROSS JOIN observation AS o INDEXED BY observation_table ON o.source_table = b.source_table
LEFT JOIN part ON part.region = b.place AND part.place = o.place
GROUP BY b.source_table, o.period, o.category, o.geweld;

DELETE FROM whole WHERE low IS NULL OR (source_table, period) IN (
    SELECT incomplete.source_table, incomplete.period
    FROM whole AS incomplete
    CROSS JOIN batch AS b ON b.source_table = incomplete.source_table
    WHERE incomplete.parts > 0 AND incomplete.gemeenten < b.gemeenten
);

INSERT OR IGNORE INTO question (source_table, place, period)
SELECT DISTINCT w.source_table, b.place, w.period
FROM whole AS w
CROSS JOIN batch AS b ON b.source_table = w.source_table;

INSERT INTO step
SELECT q.id, w.category, w.geweld, w.low, w.high, w.is_provisional, 0
FROM whole AS w
CROSS JOIN batch AS b ON b.source_table = w.source_table
CROSS JOIN question AS q ON q.source_table = w.source_table AND q.place = b.place AND q.period = w.period;

-- a row that lost its blanks has a certain sum
INSERT OR IGNORE INTO question (source_table, place, period)
SELECT k.source_table, k.place, k.period
FROM batch AS b
CROSS JOIN known_sum AS k INDEXED BY known_sum_table ON k.source_table = b.source_table
WHERE k.kind = '';

INSERT INTO step
SELECT q.id, coalesce(k.category, ''), coalesce(k.geweld, 'alle'), k.low, k.high, 0, 0
FROM batch AS b
CROSS JOIN known_sum AS k INDEXED BY known_sum_table ON k.source_table = b.source_table
CROSS JOIN question AS q ON q.source_table = k.source_table AND q.place = k.place AND q.period = k.period
WHERE k.kind = '';

-- 2. KM/HG/OM together, where the table has more than one of them.
INSERT INTO step
SELECT s.question, s.category, 'alle', sum(s.low), sum(s.high), max(s.is_provisional), max(s.is_recovered)
FROM step AS s
WHERE s.geweld <> 'alle'
AND s.question IN (
    SELECT id FROM question WHERE source_table IN (
        SELECT b.source_table
        FROM batch AS b
        CROSS JOIN question AS q ON q.source_table = b.source_table
        CROSS JOIN step AS each ON each.question = q.id
        WHERE b.is_count
        GROUP BY b.source_table HAVING min(each.geweld) < max(each.geweld)
    )
)
GROUP BY s.question, s.category;

-- 3. Categories together; not for a gemeente of which some cells have lost their place.
INSERT INTO step
SELECT s.question, '', s.geweld, sum(s.low), sum(s.high), max(s.is_provisional), max(s.is_recovered)
FROM question AS q
CROSS JOIN batch AS b ON b.source_table = q.source_table
CROSS JOIN step AS s ON s.question = q.id AND s.category <> ''
WHERE b.is_count
AND (q.place = b.place OR NOT b.lost_blanks OR (s.geweld <> 'alle' AND b.has_sums))
GROUP BY s.question, s.geweld;

-- 4. Periods: two quarters make a half year, then two half years a year, where the table does not print it itself.
DELETE FROM held;
INSERT INTO held SELECT DISTINCT source_table, period FROM question WHERE id IN (SELECT question FROM step);

DELETE FROM joined;
INSERT INTO joined
SELECT (SELECT max(id) FROM question) + row_number() OVER (), pair.whole, one.id, two.id
FROM batch AS b
CROSS JOIN question AS one ON one.source_table = b.source_table
CROSS JOIN pair ON pair.first = one.period AND pair.months = 6
CROSS JOIN question AS two
    ON two.source_table = one.source_table AND two.place = one.place AND two.period = pair.second
WHERE b.is_count AND (one.source_table, pair.whole) NOT IN (SELECT source_table, period FROM held);

INSERT INTO question
SELECT j.question, one.source_table, one.place, j.period
FROM joined AS j
CROSS JOIN question AS one ON one.id = j.first;

INSERT INTO step
SELECT
    j.question, one.category, one.geweld, one.low + two.low, one.high + two.high,
    max(one.is_provisional, two.is_provisional), max(one.is_recovered, two.is_recovered)
FROM joined AS j
CROSS JOIN step AS one ON one.question = j.first
CROSS JOIN step AS two ON two.question = j.second AND two.category = one.category AND two.geweld = one.geweld;

DELETE FROM held;
INSERT INTO held SELECT DISTINCT source_table, period FROM question WHERE id IN (SELECT question FROM step);

DELETE FROM joined;
INSERT INTO joined
SELECT (SELECT max(id) FROM question) + row_number() OVER (), pair.whole, one.id, two.id
FROM batch AS b
CROSS JOIN question AS one ON one.source_table = b.source_table
CROSS JOIN pair ON pair.first = one.period AND pair.months = 12
CROSS JOIN question AS two
    ON two.source_table = one.source_table AND two.place = one.place AND two.period = pair.second
WHERE b.is_count AND (one.source_table, pair.whole) NOT IN (SELECT source_table, period FROM held);

INSERT INTO question
SELECT j.question, one.source_table, one.place, j.period
FROM joined AS j
CROSS JOIN question AS one ON one.id = j.first;

INSERT INTO step
SELECT
    j.question, one.category, one.geweld, one.low + two.low, one.high + two.high,
    max(one.is_provisional, two.is_provisional), max(one.is_recovered, two.is_recovered)
FROM joined AS j
CROSS JOIN step AS one ON one.question = j.first
CROSS JOIN step AS two ON two.question = j.second AND two.category = one.category AND two.geweld = one.geweld;

-- 5. One answer to each question: the first table of the first report that has one.
INSERT INTO answer
SELECT q.id, b.indicator, q.place, q.period, min(q.source_table)
FROM question AS q
CROSS JOIN batch AS b ON b.source_table = q.source_table
WHERE EXISTS (SELECT 1 FROM step AS s WHERE s.question = q.id)
AND NOT EXISTS (
    SELECT 1 FROM measured AS m WHERE m.indicator = b.indicator AND m.place = q.place AND m.period = q.period
)
GROUP BY b.indicator, q.place, q.period;

INSERT INTO measured
SELECT
    a.indicator, a.place, a.period, s.geweld, s.category,
    CASE WHEN s.low = s.high THEN s.low END, s.low, s.high, s.is_provisional, s.is_recovered,
    'cells', a.source_table
FROM answer AS a
CROSS JOIN step AS s ON s.question = a.question;
