-- Where the checks name the one cell that mends every printed total that differs, sums in which that cell counts are as
-- those totals; the cell by itself stays as printed.

CREATE TEMP TABLE misprint AS
SELECT DISTINCT
    t.id AS source_table, t.indicator, t.place AS whole, o.place, o.period, o.geweld, coalesce(o.category, '') AS category,
    v.printed - v.computed AS gap
FROM verdict AS v
JOIN verdict_number AS n ON n.verdict = v.id
JOIN source_table AS t ON t.id = n.source_table
JOIN observation AS o INDEXED BY observation_table
    ON o.source_table = n.source_table AND o.place = n.place AND o.period = n.period AND o.geweld = n.geweld
    AND o.category IS n.category
WHERE v.kind = 'total' AND v.outcome = 'wrong';

UPDATE aggregate AS a SET value = a.value + m.gap, low = a.low + m.gap, high = a.high + m.gap
FROM misprint AS m
JOIN period AS part ON part.id = m.period
JOIN period AS longer ON longer.start <= part.start AND longer.start + longer.months >= part.start + part.months
WHERE a.indicator = m.indicator AND a.place IN (m.place, m.whole) AND a.period = longer.id
AND a.geweld IN (m.geweld, 'alle') AND a.category IN (m.category, '')
AND a.basis = 'cells' AND (
    a.source_table = m.source_table
    OR (a.indicator, a.place, a.period, m.source_table) IN (SELECT indicator, place, period, source_table FROM joined)
)
AND NOT ((a.place, a.period, a.geweld, a.category) = (m.place, m.period, m.geweld, m.category));

-- Where no cell is to blame, it can be the cells or the total; not where the printed totals of KM, HG and OM that are
-- part of it have another sum as well.
INSERT OR IGNORE INTO contested
SELECT
    t.indicator, coalesce(k.place, t.place), coalesce(k.period, t.period), coalesce(k.geweld, 'alle'),
    coalesce(k.category, ''), k.value
FROM verdict AS v
JOIN verdict_number AS n ON n.verdict = v.id
JOIN printed_total AS k ON k.source_table = n.source_table
    AND k.place IS n.place AND k.period IS n.period AND k.geweld IS n.geweld AND k.category IS n.category
JOIN source_table AS t ON t.id = k.source_table
WHERE v.kind = 'total' AND v.outcome = 'wrong' AND t.id NOT IN (SELECT source_table FROM misprint)
AND k.value = coalesce(
    (
        SELECT sum(part.value) FROM printed_total AS part
        WHERE k.geweld IS NULL AND part.geweld IS NOT NULL AND part.source_table = k.source_table
        AND part.place IS k.place AND part.period IS k.period AND part.category IS k.category
    ),
    k.value
)
AND EXISTS (
    SELECT 1 FROM aggregate AS a
    WHERE (a.indicator, a.place, a.period) = (t.indicator, coalesce(k.place, t.place), coalesce(k.period, t.period))
    AND (a.geweld, a.category) = (coalesce(k.geweld, 'alle'), coalesce(k.category, ''))
    AND a.value = v.computed AND a.source_table = t.id
);

DROP TABLE misprint;
