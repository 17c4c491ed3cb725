-- Written by npm run kql.
-- Translated by duckdb-kql 1.1.2, antlr4-python3-runtime 4.13.2
-- Of the text with SHA-256 704f506abf0e2055c490f4ec5c8f6689aacaab20c16fa7e6e05d76476c29449d
WITH "_l0_answer" AS (WITH _s0 AS (SELECT * FROM "SigninLogs"),
     _s1 AS (SELECT * FROM _s0 WHERE (("TimeGenerated" >= COALESCE(TRY_CAST('2001-01-03T00:00:00.000Z' AS TIMESTAMPTZ) AT TIME ZONE 'UTC', try_strptime(CAST('2001-01-03T00:00:00.000Z' AS VARCHAR), ['%m-%d-%Y', '%m/%d/%Y', '%m.%d.%Y', '%m-%d-%Y %H:%M:%S', '%m/%d/%Y %H:%M:%S', '%-d %b %Y', '%b %-d, %Y', '%a, %d %b %Y %H:%M:%S GMT', '%Y%m%d']))) AND ("TimeGenerated" < COALESCE(TRY_CAST('2001-01-04T00:00:00.000Z' AS TIMESTAMPTZ) AT TIME ZONE 'UTC', try_strptime(CAST('2001-01-04T00:00:00.000Z' AS VARCHAR), ['%m-%d-%Y', '%m/%d/%Y', '%m.%d.%Y', '%m-%d-%Y %H:%M:%S', '%m/%d/%Y %H:%M:%S', '%-d %b %Y', '%b %-d, %Y', '%a, %d %b %Y %H:%M:%S GMT', '%Y%m%d']))))),
     _s2 AS (SELECT "Id", "UserId", "AppId", "ResourceIdentity", "ResultType", "HomeTenantId", "Status", "AuthenticationDetails", "AuthenticationProcessingDetails", "AuthenticationProtocol", "AuthenticationRequirement", "AuthenticationRequirementPolicies", "CreatedDateTime", "TimeGenerated", "IngestedAt", to_timestamp(floor(epoch("CreatedDateTime") / epoch(INTERVAL '1s')) * epoch(INTERVAL '1s')) AT TIME ZONE 'UTC' AS "At" FROM _s1),
     _s3 AS (SELECT * FROM _s2 WHERE (("At" >= COALESCE(TRY_CAST('2001-01-01T00:00:00.000Z' AS TIMESTAMPTZ) AT TIME ZONE 'UTC', try_strptime(CAST('2001-01-01T00:00:00.000Z' AS VARCHAR), ['%m-%d-%Y', '%m/%d/%Y', '%m.%d.%Y', '%m-%d-%Y %H:%M:%S', '%m/%d/%Y %H:%M:%S', '%-d %b %Y', '%b %-d, %Y', '%a, %d %b %Y %H:%M:%S GMT', '%Y%m%d']))) AND ("At" < COALESCE(TRY_CAST('2001-01-02T00:00:00.000Z' AS TIMESTAMPTZ) AT TIME ZONE 'UTC', try_strptime(CAST('2001-01-02T00:00:00.000Z' AS VARCHAR), ['%m-%d-%Y', '%m/%d/%Y', '%m.%d.%Y', '%m-%d-%Y %H:%M:%S', '%m/%d/%Y %H:%M:%S', '%-d %b %Y', '%b %-d, %Y', '%a, %d %b %Y %H:%M:%S GMT', '%Y%m%d']))))),
     _s4 AS (SELECT "Id", "UserId", "AppId", "ResourceIdentity", "ResultType", "HomeTenantId", "Status", "AuthenticationDetails", "AuthenticationProcessingDetails", "AuthenticationProtocol", "AuthenticationRequirement", "AuthenticationRequirementPolicies", "CreatedDateTime", "TimeGenerated", "IngestedAt", "At", date_diff('second', date_trunc('day', COALESCE(TRY_CAST('2001-01-01T00:00:00.000Z' AS TIMESTAMPTZ) AT TIME ZONE 'UTC', try_strptime(CAST('2001-01-01T00:00:00.000Z' AS VARCHAR), ['%m-%d-%Y', '%m/%d/%Y', '%m.%d.%Y', '%m-%d-%Y %H:%M:%S', '%m/%d/%Y %H:%M:%S', '%-d %b %Y', '%b %-d, %Y', '%a, %d %b %Y %H:%M:%S GMT', '%Y%m%d']))), "At") AS "Second" FROM _s3),
     _s5 AS (SELECT ("Second" // NULLIF(CAST(3600 AS BIGINT), 0)) AS "Hour", count(*) AS "Rows", min("Second") AS "First", max("Second") AS "Last" FROM _s4 GROUP BY ("Second" // NULLIF(CAST(3600 AS BIGINT), 0)))
SELECT * FROM _s5),
     _s0 AS (SELECT * FROM "_l0_answer"),
     _s1 AS (SELECT "Hour", "Rows", "First", "Last" FROM (SELECT * FROM (SELECT * FROM _s0)
UNION ALL BY NAME SELECT * FROM (WITH _s0 AS (SELECT * FROM "_l0_answer"),
     _s1 AS (SELECT coalesce(sum("Rows"), 0) AS "Rows", coalesce(sum("First"), 0) AS "First", coalesce(sum("Last"), 0) AS "Last" FROM _s0),
     _s2 AS (SELECT "Rows", "First", "Last", CAST(-1 AS BIGINT) AS "Hour" FROM _s1)
SELECT * FROM _s2))),
     _s2 AS (SELECT "Hour" AS "Hour", "Rows" AS "Rows", "First" AS "First", "Last" AS "Last" FROM _s1)
SELECT * FROM _s2
