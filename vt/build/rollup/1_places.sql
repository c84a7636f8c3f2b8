-- Step 1: the next batch, each of its cells, and the sum over the places of a table.

DELETE FROM batch;
DELETE FROM target;
DELETE FROM part_sum;
DELETE FROM table_sum;

INSERT INTO batch
SELECT
    t.id, t.indicator, t.place, i.unit = 'aantal',
    (SELECT count(*) FROM region_part AS r WHERE r.region = t.place AND r.is_gemeente),
    EXISTS (SELECT 1 FROM source_row AS r WHERE r.source_table = t.id AND r.is_sequence),
    EXISTS (SELECT 1 FROM known_sum AS k WHERE k.source_table = t.id)
FROM source_table AS t
JOIN indicator AS i ON i.id = t.indicator
WHERE t.id IN (SELECT source_table FROM pending WHERE number = (SELECT min(number) FROM pending));

DELETE FROM pending WHERE number = (SELECT min(number) FROM pending);

INSERT INTO target (source_table, place, period)
SELECT DISTINCT b.source_table, o.place, o.period
FROM batch AS b
CROSS JOIN observation AS o INDEXED BY observation_table ON o.source_table = b.source_table
ORDER BY b.source_table, o.place, o.period;

-- Each cell as it is; no two are about the same.
INSERT INTO part_sum
SELECT t.id, coalesce(o.category, ''), o.geweld, o.low, o.high, o.is_provisional, o.status <> 'printed'
FROM batch AS b
CROSS JOIN target AS t ON t.source_table = b.source_table AND t.place <> b.place
CROSS JOIN observation AS o INDEXED BY observation_table
    ON o.source_table = t.source_table AND o.place = t.place AND o.period = t.period;

-- A table's own place sums every cell in it, unless gemeenten of the region are missing beside other parts of it.
INSERT INTO table_sum
SELECT
    b.source_table, o.period, coalesce(o.category, ''), o.geweld,
    count(r.place), coalesce(sum(r.is_gemeente), 0),
    sum(o.low) FILTER (WHERE o.status = 'printed' AND (b.is_count OR o.place = b.place)),
    sum(o.high) FILTER (WHERE o.status = 'printed' AND (b.is_count OR o.place = b.place)),
    max(o.is_provisional) FILTER (WHERE o.status = 'printed' AND (b.is_count OR o.place = b.place))
FROM batch AS b
CROSS JOIN observation AS o INDEXED BY observation_table ON o.source_table = b.source_table
LEFT JOIN region_part AS r ON r.region = b.place AND r.place = o.place
GROUP BY b.source_table, o.period, o.category, o.geweld;

DELETE FROM table_sum WHERE low IS NULL OR (source_table, period) IN (
    SELECT incomplete.source_table, incomplete.period
    FROM table_sum AS incomplete
    CROSS JOIN batch AS b ON b.source_table = incomplete.source_table
    WHERE incomplete.parts > 0 AND incomplete.gemeenten < b.gemeenten
);

INSERT OR IGNORE INTO target (source_table, place, period)
SELECT DISTINCT s.source_table, b.place, s.period
FROM table_sum AS s
CROSS JOIN batch AS b ON b.source_table = s.source_table;

INSERT INTO part_sum
SELECT t.id, s.category, s.geweld, s.low, s.high, s.is_provisional, 0
FROM table_sum AS s
CROSS JOIN batch AS b ON b.source_table = s.source_table
CROSS JOIN target AS t ON t.source_table = s.source_table AND t.place = b.place AND t.period = s.period;

-- A row that lost its blanks has a certain sum.
INSERT OR IGNORE INTO target (source_table, place, period)
SELECT k.source_table, k.place, k.period
FROM batch AS b
CROSS JOIN known_sum AS k INDEXED BY known_sum_table ON k.source_table = b.source_table
WHERE k.kind = '';

INSERT INTO part_sum
SELECT t.id, coalesce(k.category, ''), coalesce(k.geweld, 'alle'), k.low, k.high, 0, 0
FROM batch AS b
CROSS JOIN known_sum AS k INDEXED BY known_sum_table ON k.source_table = b.source_table
CROSS JOIN target AS t ON t.source_table = k.source_table AND t.place = k.place AND t.period = k.period
WHERE k.kind = '';
