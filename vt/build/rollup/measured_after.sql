-- What follows from all tables together: once, after the last batch of measured.sql.

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

DROP TABLE todo;
DROP TABLE batch;
DROP TABLE step;
DROP TABLE whole;
DROP TABLE held;
DROP TABLE question;
DROP TABLE joined;
DROP TABLE answer;
DROP TABLE part;
DROP TABLE pair;

-- 8. What there is, so that no page has to look through all of it.
INSERT INTO coverage
SELECT
    indicator, place, period,
    group_concat(DISTINCT geweld) FILTER (WHERE category = ''),
    group_concat(DISTINCT geweld) FILTER (WHERE category <> ''),
    min(source_table)
FROM measured GROUP BY indicator, place, period;

INSERT INTO report_size
SELECT
    t.report, count(*),
    sum((SELECT count(*) FROM observation AS o WHERE o.source_table = t.id)),
    sum((SELECT count(*) FROM printed_total AS k WHERE k.source_table = t.id))
FROM source_table AS t GROUP BY t.report;
