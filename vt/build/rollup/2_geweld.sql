-- Step 2: KM, HG and OM together, where the table has more than one of them.

INSERT INTO part_sum
SELECT p.target, p.category, 'alle', sum(p.low), sum(p.high), max(p.is_provisional), max(p.is_recovered)
FROM part_sum AS p
WHERE p.geweld <> 'alle'
AND p.target IN (
    SELECT id FROM target WHERE source_table IN (
        SELECT b.source_table
        FROM batch AS b
        CROSS JOIN target AS t ON t.source_table = b.source_table
        CROSS JOIN part_sum AS each ON each.target = t.id
        WHERE b.is_count
        GROUP BY b.source_table HAVING min(each.geweld) < max(each.geweld)
    )
)
GROUP BY p.target, p.category;
