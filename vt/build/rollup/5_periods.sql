-- Step 5: two halves make a period of the asked length, where no table prints it itself; the halves may stand in two
-- tables, of two reports of one source that counts alike in both. Run for half years, then for years, after the last
-- batch.

DELETE FROM period_pair;
INSERT INTO period_pair
SELECT
    one.indicator, one.place, h.period, h.first, h.second, one.source_table,
    one.source_table = two.source_table AND NOT EXISTS (
        SELECT 1 FROM joined AS j
        WHERE j.indicator = one.indicator AND j.place = one.place AND j.period IN (h.first, h.second)
    )
FROM answered AS one
CROSS JOIN halves AS h ON h.first = one.period AND h.months = (SELECT months FROM asked_length)
CROSS JOIN answered AS two ON two.indicator = one.indicator AND two.place = one.place AND two.period = h.second
CROSS JOIN indicator AS i ON i.id = one.indicator AND i.unit = 'aantal'
WHERE NOT EXISTS (
    SELECT 1 FROM answered AS a WHERE a.indicator = one.indicator AND a.place = one.place AND a.period = h.period
)
AND (one.source_table = two.source_table OR EXISTS (
    SELECT 1
    FROM source_table AS t
    JOIN report AS r ON r.id = t.report
    JOIN source_table AS t2 ON t2.id = two.source_table
    JOIN report AS r2 ON r2.id = t2.report AND r2.source = r.source
    WHERE t.id = one.source_table AND NOT EXISTS (
        SELECT 1
        FROM counting AS c
        JOIN counting AS c2 ON c2.report = r2.id AND c2.indicator = c.indicator AND c2.aspect = c.aspect
        WHERE c.report = r.id AND c.indicator = one.indicator AND c2.value <> c.value
    )
));

-- Two tables that do not divide by the same classes have their whole in common, and no class.
INSERT INTO aggregate
SELECT
    pair.indicator, pair.place, pair.period, one.geweld, one.category,
    CASE WHEN one.low + two.low = one.high + two.high THEN one.low + two.low END,
    one.low + two.low, one.high + two.high,
    max(one.is_provisional, two.is_provisional), max(one.is_recovered, two.is_recovered), 'cells', pair.source_table
FROM period_pair AS pair
CROSS JOIN aggregate AS one
    ON one.indicator = pair.indicator AND one.place = pair.place AND one.period = pair.first
CROSS JOIN aggregate AS two
    ON two.indicator = one.indicator AND two.place = one.place AND two.period = pair.second
    AND two.geweld = one.geweld AND two.category = one.category
WHERE one.category = '' OR pair.is_one_table OR NOT EXISTS (
    SELECT 1
    FROM aggregate AS part
    WHERE part.indicator = pair.indicator AND part.place = pair.place AND part.period IN (pair.first, pair.second)
    GROUP BY part.geweld, part.category HAVING count(*) < 2
);

INSERT INTO answered
SELECT p.indicator, p.place, p.period, p.source_table
FROM period_pair AS p
WHERE EXISTS (
    SELECT 1 FROM aggregate AS a WHERE a.indicator = p.indicator AND a.place = p.place AND a.period = p.period
);

INSERT OR IGNORE INTO joined
SELECT p.indicator, p.place, p.period, coalesce(j.source_table, a.source_table)
FROM period_pair AS p
CROSS JOIN answered AS a ON a.indicator = p.indicator AND a.place = p.place AND a.period IN (p.first, p.second)
LEFT JOIN joined AS j ON j.indicator = a.indicator AND j.place = a.place AND j.period = a.period
WHERE NOT p.is_one_table;
