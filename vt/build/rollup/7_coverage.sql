-- What follows from all tables together: once, after the last batch.

-- Where lost blanks hide a gemeente's parts, its printed total is the number there is.
INSERT OR IGNORE INTO aggregate
SELECT
    t.indicator, total.place, coalesce(total.period, t.period), 'alle', '',
    total.value, total.value, total.value, 0, 0, 'printed total', t.id
FROM printed_total AS total
JOIN source_table AS t ON t.id = total.source_table
WHERE total.place IS NOT NULL AND total.category IS NULL AND total.place <> t.place
AND coalesce(total.geweld, 'alle') = 'alle';

-- KM, HG and OM of a gemeente, worked out together where its table lost blanks, and no newer report answers.
INSERT OR REPLACE INTO aggregate
SELECT
    t.indicator, k.place, k.period, k.name, '', CASE WHEN k.low = k.high THEN k.low END, k.low, k.high, 0, 1,
    'cells', t.id
FROM known_sum AS k
JOIN source_table AS t ON t.id = k.source_table
WHERE k.kind = 'geweld' AND NOT EXISTS (
    SELECT 1 FROM aggregate AS a
    WHERE a.indicator = t.indicator AND a.place = k.place AND a.period = k.period AND a.source_table < t.id
);

DROP TABLE pending;
DROP TABLE batch;
DROP TABLE target;
DROP TABLE part_sum;
DROP TABLE table_sum;
DROP TABLE answered;
DROP TABLE period_pair;
DROP TABLE winner;
DROP TABLE region_part;
DROP TABLE halves;
DROP TABLE asked_length;

-- What there is, so that no page has to look through all of it.
INSERT INTO coverage
SELECT
    indicator, place, period,
    group_concat(DISTINCT geweld) FILTER (WHERE category = ''),
    group_concat(DISTINCT geweld) FILTER (WHERE category <> ''),
    coalesce(
        (
            SELECT group_concat(j.source_table) FROM joined AS j
            WHERE j.indicator = a.indicator AND j.place = a.place AND j.period = a.period
        ),
        min(source_table)
    )
FROM aggregate AS a GROUP BY indicator, place, period;

DROP TABLE joined;

INSERT INTO report_size
SELECT
    t.report, count(*),
    sum((SELECT count(*) FROM observation AS o WHERE o.source_table = t.id)),
    sum((SELECT count(*) FROM printed_total AS k WHERE k.source_table = t.id))
FROM source_table AS t GROUP BY t.report;
