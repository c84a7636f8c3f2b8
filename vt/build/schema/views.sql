-- The public view: one row per printed number. Documented in data/README.md.
CREATE VIEW figures AS
SELECT
    source_table.report,
    source_table.number AS table_number,
    source_table.heading AS table_heading,
    source_table.indicator,
    indicator.unit,
    place.id AS place,
    place.label AS place_label,
    place.region,
    fact.period,
    fact.geweld,
    category.classification,
    category.name AS category,
    category.label AS category_label,
    fact.value,
    fact.low,
    fact.high,
    fact.status,
    fact.is_total,
    report.published,
    newest.report AS superseded_by, -- the newest report that prints the same figure
    fact.is_provisional
FROM (
    SELECT source_table, place, period, geweld, category, value, low, high, status, 0 AS is_total, is_provisional
    FROM observation
    UNION ALL
    SELECT
        total.source_table,
        coalesce(total.place, source_table.place),
        coalesce(total.period, source_table.period),
        coalesce(total.geweld, 'alle'),
        total.category,
        total.value,
        total.value,
        total.value,
        'printed',
        1,
        EXISTS (
            SELECT 1 FROM observation AS part
            WHERE part.source_table = total.source_table AND part.is_provisional
            AND (total.period IS NULL OR part.period = total.period)
        )
    FROM printed_total AS total
    JOIN source_table ON source_table.id = total.source_table
    UNION ALL
    SELECT source_table, place, period, geweld, nullif(category, ''), value, low, high, 'printed', 0, is_provisional
    FROM aggregate WHERE basis = 'statline' AND geweld = 'alle'
) AS fact
CROSS JOIN source_table ON source_table.id = fact.source_table -- CROSS: facts are read as rows are asked for
JOIN report ON report.id = source_table.report
JOIN indicator ON indicator.id = source_table.indicator
JOIN place ON place.id = fact.place
LEFT JOIN category ON category.id = fact.category
LEFT JOIN revision
    ON revision.older_table = fact.source_table
    AND (revision.place, revision.period, revision.geweld) = (fact.place, fact.period, fact.geweld)
    AND revision.category = coalesce(fact.category, '')
LEFT JOIN source_table AS newest ON newest.id = revision.newest_table;

-- Every printed number with where it stands in its table and what it is about; '' is not split by class.
CREATE VIEW standing AS
SELECT o.source_table, r.label || ', ' || c.label AS label, o.row_position, o.column_position,
    CASE o.status WHEN 'printed' THEN 'printed' ELSE 'recovered' END AS kind, o.value, o.place, o.period,
    o.geweld, coalesce(o.category, '') AS category
FROM observation AS o
JOIN source_row AS r ON r.source_table = o.source_table AND r.position = o.row_position
JOIN source_column AS c ON c.source_table = o.source_table AND c.position = o.column_position
UNION ALL
SELECT k.source_table, coalesce(r.label || ', ' || c.label, 'los totaal'), k.row_position,
    k.column_position, 'printed_total', k.value,
    coalesce(k.place, t.place), coalesce(k.period, t.period), coalesce(k.geweld, 'alle'), coalesce(k.category, '')
FROM printed_total AS k
JOIN source_table AS t ON t.id = k.source_table
LEFT JOIN source_row AS r ON r.source_table = k.source_table AND r.position = k.row_position
LEFT JOIN source_column AS c ON c.source_table = k.source_table AND c.position = k.column_position;

-- Every printed number for which another report has another: 'superseded' by the newest, or 'revised' by the newest itself.
CREATE VIEW changed AS
SELECT older_table AS source_table, place, period, geweld, category, 'superseded' AS how, newest AS instead
FROM revision WHERE newest <> older
UNION ALL
SELECT source_table, place, period, geweld, category, 'revised', older
FROM (
    SELECT newest_table AS source_table, place, period, geweld, category, older, min(older_table)
    FROM revision WHERE newest <> older GROUP BY newest_table, place, period, geweld, category
);
