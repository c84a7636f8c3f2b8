"""Printed totals beside the sum of their parts, counted anew in SQL: what the checks of a build are held against."""

# `computed` is NULL where lost blanks hide which cells are the parts, and for percentages, which have no sum.
TOTALS = """
WITH total_check AS (
    SELECT
        total.id AS printed_total,
        total.source_table,
        total.place,
        total.period,
        total.geweld,
        total.category,
        total.value AS printed,
        CASE WHEN hidden.source_table IS NULL AND indicator.unit <> 'procent' THEN sum(part.value) END AS computed,
        count(part.id) AS parts,
        difference.explanation
    FROM printed_total AS total
    JOIN source_table ON source_table.id = total.source_table
    JOIN indicator ON indicator.id = source_table.indicator
    LEFT JOIN observation AS part
        ON part.source_table = total.source_table
        AND (total.place IS NULL OR part.place = total.place)
        AND (total.period IS NULL OR part.period = total.period)
        AND (total.geweld IS NULL OR part.geweld = total.geweld)
        AND (total.category IS NULL OR part.category = total.category)
    LEFT JOIN (SELECT DISTINCT source_table FROM source_row WHERE is_sequence) AS hidden
        ON hidden.source_table = total.source_table AND total.place <> source_table.place
    LEFT JOIN difference ON difference.id = total.difference
    GROUP BY total.id
)
"""
