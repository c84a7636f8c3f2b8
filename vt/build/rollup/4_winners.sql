-- Step 4: one answer to each target: the first table of the newest report that has one. All numbers of a place in a
-- period come from that table: a class that the newest report renamed would be counted twice beside the older one.

DELETE FROM winner;
INSERT INTO winner
SELECT t.id, b.indicator, t.place, t.period, min(t.source_table)
FROM target AS t
CROSS JOIN batch AS b ON b.source_table = t.source_table
WHERE EXISTS (SELECT 1 FROM part_sum AS p WHERE p.target = t.id)
AND NOT EXISTS (
    SELECT 1 FROM answered AS a WHERE a.indicator = b.indicator AND a.place = t.place AND a.period = t.period
)
GROUP BY b.indicator, t.place, t.period;

INSERT INTO answered SELECT indicator, place, period, source_table FROM winner;

INSERT INTO aggregate
SELECT
    w.indicator, w.place, w.period, p.geweld, p.category,
    CASE WHEN p.low = p.high THEN p.low END, p.low, p.high, p.is_provisional, p.is_recovered,
    'cells', w.source_table
FROM winner AS w
CROSS JOIN part_sum AS p ON p.target = w.target;
