-- Written by npm run kql.
-- Translated by duckdb-kql 1.1.2, antlr4-python3-runtime 4.13.2
-- Of the text with SHA-256 957aa84587f7f6d7d8b3a7ef25f56f1965c184e89b577a52437d26b366915a0f
WITH _s0 AS (SELECT * FROM "SigninLogs"),
     _s1 AS (SELECT * FROM _s0 WHERE ("TimeGenerated" >= COALESCE(TRY_CAST('2001-01-05T00:00:00.000Z' AS TIMESTAMPTZ) AT TIME ZONE 'UTC', try_strptime(CAST('2001-01-05T00:00:00.000Z' AS VARCHAR), ['%m-%d-%Y', '%m/%d/%Y', '%m.%d.%Y', '%m-%d-%Y %H:%M:%S', '%m/%d/%Y %H:%M:%S', '%-d %b %Y', '%b %-d, %Y', '%a, %d %b %Y %H:%M:%S GMT', '%Y%m%d'])))),
     _s2 AS (SELECT 'SigninLogs' AS "Table", "TimeGenerated" AS "TimeGenerated", coalesce(CASE WHEN CAST("IngestedAt" AS VARCHAR) <> '' THEN "IngestedAt" END, CASE WHEN CAST("TimeGenerated" AS VARCHAR) <> '' THEN "TimeGenerated" END, "IngestedAt", "TimeGenerated") AS "Seen" FROM _s1),
     _s3 AS (SELECT "Table", "TimeGenerated", "Seen" FROM (SELECT * FROM (SELECT * FROM _s2)
UNION ALL BY NAME SELECT * FROM (WITH _s0 AS (SELECT * FROM "AADNonInteractiveUserSignInLogs"),
     _s1 AS (SELECT * FROM _s0 WHERE ("TimeGenerated" >= COALESCE(TRY_CAST('2001-01-05T00:00:00.000Z' AS TIMESTAMPTZ) AT TIME ZONE 'UTC', try_strptime(CAST('2001-01-05T00:00:00.000Z' AS VARCHAR), ['%m-%d-%Y', '%m/%d/%Y', '%m.%d.%Y', '%m-%d-%Y %H:%M:%S', '%m/%d/%Y %H:%M:%S', '%-d %b %Y', '%b %-d, %Y', '%a, %d %b %Y %H:%M:%S GMT', '%Y%m%d'])))),
     _s2 AS (SELECT 'AADNonInteractiveUserSignInLogs' AS "Table", "TimeGenerated" AS "TimeGenerated", coalesce(CASE WHEN CAST("IngestedAt" AS VARCHAR) <> '' THEN "IngestedAt" END, CASE WHEN CAST("TimeGenerated" AS VARCHAR) <> '' THEN "TimeGenerated" END, "IngestedAt", "TimeGenerated") AS "Seen" FROM _s1)
SELECT * FROM _s2))),
     _s4 AS (SELECT "Table", "TimeGenerated", "Seen", date_diff('second', COALESCE(TRY_CAST('1970-01-01' AS TIMESTAMPTZ) AT TIME ZONE 'UTC', try_strptime(CAST('1970-01-01' AS VARCHAR), ['%m-%d-%Y', '%m/%d/%Y', '%m.%d.%Y', '%m-%d-%Y %H:%M:%S', '%m/%d/%Y %H:%M:%S', '%-d %b %Y', '%b %-d, %Y', '%a, %d %b %Y %H:%M:%S GMT', '%Y%m%d'])), "TimeGenerated") AS "Generated", date_diff('second', COALESCE(TRY_CAST('1970-01-01' AS TIMESTAMPTZ) AT TIME ZONE 'UTC', try_strptime(CAST('1970-01-01' AS VARCHAR), ['%m-%d-%Y', '%m/%d/%Y', '%m.%d.%Y', '%m-%d-%Y %H:%M:%S', '%m/%d/%Y %H:%M:%S', '%-d %b %Y', '%b %-d, %Y', '%a, %d %b %Y %H:%M:%S GMT', '%Y%m%d'])), "Seen") AS "Arrived" FROM _s3),
     _s5 AS (SELECT "Table", "TimeGenerated", "Seen", "Generated", "Arrived", least(greatest(("Arrived" - "Generated"), CAST(0 AS BIGINT)), CAST(999999999 AS BIGINT)) AS "Delay" FROM _s4),
     _s6 AS (SELECT "Table" AS "Table", count(*) AS "Rows", min("Generated") AS "Oldest", max((("Generated" * CAST(1000000000 AS BIGINT)) + "Delay")) AS "Newest" FROM _s5 GROUP BY "Table"),
     _s7 AS (SELECT "Table" AS "Table", "Rows" AS "Rows", "Oldest" AS "Oldest", ("Newest" // NULLIF(CAST(1000000000 AS BIGINT), 0)) AS "Newest", (("Newest" // NULLIF(CAST(1000000000 AS BIGINT), 0)) + ((("Newest" % NULLIF(CAST(1000000000 AS BIGINT), 0)) + abs(CAST(1000000000 AS BIGINT))) % NULLIF(abs(CAST(1000000000 AS BIGINT)), 0))) AS "Arrived" FROM _s6)
SELECT * FROM _s7
