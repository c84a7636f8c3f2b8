-- Step 4: two halves make a period of the asked length, where the table does not print it itself. Run for half years,
-- then for years.

DELETE FROM period_seen;
INSERT INTO period_seen SELECT DISTINCT source_table, period FROM target WHERE id IN (SELECT target FROM part_sum);

DELETE FROM period_pair;
INSERT INTO period_pair
SELECT (SELECT max(id) FROM target) + row_number() OVER (), h.period, one.id, two.id
FROM batch AS b
CROSS JOIN target AS one ON one.source_table = b.source_table
CROSS JOIN halves AS h ON h.first = one.period AND h.months = (SELECT months FROM asked_length)
CROSS JOIN target AS two ON two.source_table = one.source_table AND two.place = one.place AND two.period = h.second
WHERE b.is_count AND (one.source_table, h.period) NOT IN (SELECT source_table, period FROM period_seen);

INSERT INTO target
SELECT pair.target, one.source_table, one.place, pair.period
FROM period_pair AS pair
CROSS JOIN target AS one ON one.id = pair.first;

INSERT INTO part_sum
SELECT
    pair.target, one.category, one.geweld, one.low + two.low, one.high + two.high,
    max(one.is_provisional, two.is_provisional), max(one.is_recovered, two.is_recovered)
FROM period_pair AS pair
CROSS JOIN part_sum AS one ON one.target = pair.first
CROSS JOIN part_sum AS two ON two.target = pair.second AND two.category = one.category AND two.geweld = one.geweld;
