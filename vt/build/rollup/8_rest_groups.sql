-- Which part of a region's total lies outside its gemeenten, where all of them are known beside it. It is large where it
-- is over a tenth of the total, or where its share moved by over five points in a year: then a change of the total says
-- little of the gemeenten.

INSERT INTO rest_group
SELECT
    whole.indicator, whole.place, whole.period, whole.geweld,
    group_concat(p.label, ' en ') FILTER (WHERE p.kind = 'rest'),
    count(*) FILTER (WHERE p.kind = 'gemeente') AS members,
    sum(part.value) FILTER (WHERE p.kind = 'gemeente') AS gemeenten,
    sum(part.value) FILTER (WHERE p.kind = 'rest') AS rest,
    whole.value,
    0,
    whole.indicator
FROM place AS p
CROSS JOIN indicator AS i ON i.unit = 'aantal'
CROSS JOIN aggregate AS part ON part.indicator = i.id AND part.place = p.id AND part.category = ''
JOIN aggregate AS whole
    ON (whole.indicator, whole.place, whole.period, whole.geweld, whole.category)
    = (part.indicator, p.region, part.period, part.geweld, '')
WHERE p.kind IN ('gemeente', 'rest') AND whole.value > 0
GROUP BY whole.indicator, whole.place, whole.period, whole.geweld
HAVING rest > 0 AND count(part.value) = count(*)
AND NOT (rest < 5 AND max(part.is_recovered AND p.kind = 'rest')) -- what was worked out so small is not told
AND members = (SELECT count(*) FROM place AS g WHERE g.region = whole.place AND g.kind = 'gemeente');

-- A total that is printed for the region alone, where another indicator of the same things has it by gemeente: the same
-- noun and the same number.
INSERT INTO rest_group
SELECT i.id, g.place, g.period, g.geweld, g.label, g.members, g.gemeenten, g.rest, g.total, 0, min(g.indicator)
FROM rest_group AS g
JOIN indicator AS same ON same.id = g.indicator
JOIN indicator AS i ON (i.unit, i.counts, i.noun_many) = (same.unit, same.counts, same.noun_many)
JOIN aggregate AS whole
    ON (whole.indicator, whole.place, whole.period, whole.geweld, whole.category, whole.value)
    = (i.id, g.place, g.period, g.geweld, '', g.total)
WHERE NOT EXISTS (
    SELECT 1 FROM rest_group AS own
    WHERE (own.indicator, own.place, own.period, own.geweld) = (i.id, g.place, g.period, g.geweld)
)
GROUP BY i.id, g.place, g.period, g.geweld;

UPDATE rest_group AS now SET is_large = 1
WHERE rest > 0.1 * total OR EXISTS (
    SELECT 1
    FROM rest_group AS before
    JOIN period AS earlier ON earlier.id = before.period
    JOIN period AS later ON later.id = now.period
    WHERE earlier.months = later.months AND earlier.start = later.start - 12
    AND (before.indicator, before.place, before.geweld) = (now.indicator, now.place, now.geweld)
    AND abs(now.rest / now.total - before.rest / before.total) > 0.05
);
