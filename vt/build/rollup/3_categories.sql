-- Step 3: categories together; not for a gemeente of which some cells have lost their place.

INSERT INTO part_sum
SELECT p.target, '', p.geweld, sum(p.low), sum(p.high), max(p.is_provisional), max(p.is_recovered)
FROM target AS t
CROSS JOIN batch AS b ON b.source_table = t.source_table
CROSS JOIN part_sum AS p ON p.target = t.id AND p.category <> ''
WHERE b.is_count
AND (t.place = b.place OR NOT b.lost_blanks OR (p.geweld <> 'alle' AND b.has_sums))
GROUP BY p.target, p.geweld;
