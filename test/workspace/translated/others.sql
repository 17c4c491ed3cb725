-- Written by npm run kql.
-- Translated by duckdb-kql 1.1.2, antlr4-python3-runtime 4.13.2
-- Of the text with SHA-256 a39af383722e574a53cb32de6f682ba077faa77105c93adb9a9455a535e743f5
WITH _s0 AS (SELECT * FROM "Usage"),
     _s1 AS (SELECT * FROM _s0 WHERE ("TimeGenerated" >= COALESCE(TRY_CAST('2001-01-05T00:00:00.000Z' AS TIMESTAMPTZ) AT TIME ZONE 'UTC', try_strptime(CAST('2001-01-05T00:00:00.000Z' AS VARCHAR), ['%m-%d-%Y', '%m/%d/%Y', '%m.%d.%Y', '%m-%d-%Y %H:%M:%S', '%m/%d/%Y %H:%M:%S', '%-d %b %Y', '%b %-d, %Y', '%a, %d %b %Y %H:%M:%S GMT', '%Y%m%d'])))),
     _s2 AS (SELECT count(*) AS "Rows" FROM _s1)
SELECT * FROM _s2
