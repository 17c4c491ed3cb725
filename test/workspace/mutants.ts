import { tighten } from '../../lib/packaging/compile-queries.ts';

/** A wrong variant of the query that counts sign-ins: what stands in its text, and what stands there instead. */
export interface Mutant {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const mutant = (name: string, from: string, to: string): Mutant => ({ name, from, to });

export const MUTANTS: readonly Mutant[] = [
  // Which rows.
  mutant(
    'counts every row of a sign-in',
    'Times = sum(Times)\n        by Id,',
    'Times = sum(Times)\n        by Arrived, Id,',
  ),
  mutant(
    'takes the first row to arrive',
    'Verdict = max(Arrived * 65536',
    'Verdict = min(Arrived * 65536',
  ),
  mutant('takes the best row of all', 'max(Arrived * 65536 + Verdict)', 'max(Verdict)'),
  mutant(
    'orders rows by the time of the event',
    'coalesce(ingestion_time(), TimeGenerated)',
    'TimeGenerated',
  ),
  mutant(
    'drops rows for their result first',
    '    | extend\n        Wanted = case(',
    '    | where Result > 0\n    | extend\n        Wanted = case(',
  ),
  mutant(
    'takes fractions of a second for later',
    'At = bin(CreatedDateTime, 1s)',
    'At = CreatedDateTime',
  ),
  mutant(
    'takes the day from the time of the row',
    'bin(CreatedDateTime, 1s)',
    'bin(TimeGenerated, 1s)',
  ),
  mutant('counts the next midnight', 'At < end', 'At <= end'),
  mutant('leaves the first second out', 'At >= start', 'At > start'),
  mutant('leaves late rows out', 'TimeGenerated < generatedTo', 'TimeGenerated < end'),
  mutant(
    'takes rows without an id for one',
    "strcat(Alone, Status, Details, Levels, Policies), '')",
    "'', '')",
  ),
  mutant('counts equal rows without an id once', 'Times = iff(isempty(Id), Times, 1)', 'Times = 1'),
  mutant('counts a repeated row as often', 'Times = iff(isempty(Id), Times, 1)', 'Times = Times'),
  // Who.
  mutant('keeps the case of ids', 'tolower(UserId)', 'UserId'),
  mutant(
    'takes anything for an id of a person',
    "iff(UserId matches regex plainId and UserId !~ '__proto__', tolower(UserId), '')",
    'tolower(UserId)',
  ),
  mutant('takes the name that every object has for a person', " and UserId !~ '__proto__'", ''),
  mutant('takes ids of any length', 'let plainId = @"^[!-~]{1,128}$"', 'let plainId = @"^[!-~]+$"'),
  mutant(
    'counts nobody',
    'IsSuccess = Result == 6 and isnotempty(Person)',
    'IsSuccess = Result == 6',
  ),
  mutant(
    'parts people by the id as it is written',
    'substring(Person, 0, width)',
    'substring(UserId, 0, width)',
  ),
  mutant('has no rest', '!= rest', '== 1'),
  // Where.
  mutant('keeps the case of an application', 'AppId in~ (@"c44b4083', 'AppId in (@"c44b4083'),
  mutant(
    'takes the resource first',
    'AppId in~ (@"c44b4083',
    'ResourceIdentity =~ @"797f4846-ba00-4fd7-ba43-dac1f8f63013", 5,\n        AppId in~ (@"c44b4083',
  ),
  mutant(
    'keeps the case of the resource',
    'ResourceIdentity =~ @"797f4846',
    'ResourceIdentity == @"797f4846',
  ),
  // How it ended.
  mutant('forgets a refusal code', '(@"53010", @"53004")', '(@"53010")'),
  mutant(
    'takes a code for what it begins with',
    'ResultType in (@"90071")',
    'ResultType startswith "5007"',
  ),
  mutant(
    'takes a challenge for a refusal by its requirement alone',
    'Wanted == 2 or ByApplication + ByTenant > 0',
    'Wanted == 2',
  ),
  mutant(
    'takes every challenge for a refusal',
    'Wanted == 2 or ByApplication + ByTenant > 0',
    'true',
  ),
  mutant('forgets challenges', 'Wanted == 2 or ByApplication + ByTenant > 0', 'false'),
  // The requirement.
  mutant(
    'keeps the case of the requirement',
    "AuthenticationRequirement =~ 'multiFactorAuthentication'",
    "AuthenticationRequirement == 'multiFactorAuthentication'",
  ),
  mutant(
    'takes an unknown requirement for one factor',
    'Wanted == 1, 0,\n        1)',
    'Wanted == 1, 0,\n        0)',
  ),
  mutant(
    'lets the requirement win over what proves nothing',
    'Rank > 0, Rank,\n        Wanted == 2, 2,',
    'Rank > 1, Rank,\n        Wanted == 2, 2,\n        Rank > 0, Rank,',
  ),
  // Texts.
  mutant(
    'takes steps that did not succeed',
    "gettype(Succeeded) == 'bool' and tostring(Succeeded) =~ 'true'",
    'true',
  ),
  mutant(
    'takes the word true for it',
    "gettype(Succeeded) == 'bool' and tostring(Succeeded)",
    'tostring(Succeeded)',
  ),
  mutant(
    'forgets the status text',
    "gettype(Told) == 'string', tostring(Told)",
    "gettype(Told) == 'string', ''",
  ),
  mutant(
    'passes over a status text that is none',
    'tostring(Told),\n        vague)',
    "tostring(Told),\n        '')",
  ),
  mutant('passes over steps that are no list', "dynamic([''])", 'dynamic([])'),
  mutant(
    'passes over steps that are none',
    "not(gettype(Item) in ('dictionary', 'array', 'null'))",
    'false',
  ),
  mutant(
    'passes over steps that do not say whether they succeeded',
    "gettype(Succeeded) != 'bool' and isnotempty(tostring(Succeeded))",
    'false',
  ),
  mutant(
    "passes over a step's text that is none",
    "not(gettype(Said) in ('string', 'null'))",
    'false',
  ),
  mutant('looks at a step too many', 'array_slice(Steps, 0, 49)', 'array_slice(Steps, 0, 50)'),
  mutant('looks at a step too few', 'array_slice(Steps, 0, 49)', 'array_slice(Steps, 0, 48)'),
  mutant('reads texts to their end', 'tolower(substring(Text, 0, 1000))', 'tolower(Text)'),
  mutant(
    'keeps the case of texts',
    'tolower(substring(Text, 0, 1000))',
    'substring(Text, 0, 1000)',
  ),
  mutant('takes braces of a text for marks', "@'[{}]'", "@'[#]'"),
  mutant('does not ask what a text is about', "replace_regex(Text, otherFactor, @'}\\0')", 'Text'),
  mutant('overlooks what denies before', 'IsDenied or isempty(After), 1,', 'isempty(After), 1,'),
  mutant(
    'takes what comes after for a denial',
    'Before matches regex provesNothing',
    'Part matches regex provesNothing',
  ),
  mutant('overlooks what takes it back', ' or After matches regex takesBack', ''),
  mutant(
    'takes satisfied without more for MFA',
    'Part matches regex byStrong, 4,\n            1)',
    'Part matches regex byStrong, 4,\n            4)',
  ),
  mutant(
    'takes completed with a claim for here',
    'Part matches regex atProvider, 3,\n            Part matches regex byClaim, 2,\n            4)',
    'Part matches regex atProvider, 3,\n            4)',
  ),
  mutant(
    'takes the claim before the provider',
    'Part matches regex atProvider, 3,\n            Part matches regex byClaim, 2,\n            Part matches regex byStrong',
    'Part matches regex byClaim, 2,\n            Part matches regex atProvider, 3,\n            Part matches regex byStrong',
  ),
  // Methods.
  mutant('counts Windows Hello for Business', 'uncountedMethod, 9,', 'uncountedMethod, 8,'),
  mutant('forgets strong methods', 'strongMethod, 8, 0)', 'strongMethod, 0, 0)'),
  mutant(
    'takes a certificate for two factors',
    'IsCertificate == 1 and IsMfaLevel == 1',
    'IsCertificate == 1',
  ),
  mutant(
    'keeps the case of the level',
    "Value =~ 'multiFactorAuthentication'",
    "Value == 'multiFactorAuthentication'",
  ),
  mutant('reads methods of any length', 'strlen(Method) > 1000', 'strlen(Method) > 9999'),
  // Other tenants.
  mutant('takes a foreign claim for one of ours', 'Rank == 2 and Foreign == 1, 3,', ''),
  mutant('keeps the case of tenants', 'HomeTenantId !~ tenant', 'HomeTenantId != tenant'),
  // Who asked.
  mutant('keeps the case of askers', 'tolower(tostring(Provider))', 'tostring(Provider)'),
  mutant(
    'looks at an asker too many',
    'array_slice(Policies, 0, 49)',
    'array_slice(Policies, 0, 50)',
  ),
  mutant(
    'takes the registration code for an unknown asker',
    'Provider == @"proofupcoderequest", 0,',
    '',
  ),
  mutant('overlooks an unknown asker', 'IsElseUnknown == 1, 0, ByApplication', 'ByApplication'),
  mutant(
    'knows one name of old policies',
    'Provider startswith @"v1conditionalaccess"',
    'Provider == @"v1conditionalaccess"',
  ),
  mutant(
    'asks only who asked in vain',
    'Result between (1 .. 6) or Result == 8, parse_json(Policies)',
    'Result between (1 .. 5) or Result == 8, parse_json(Policies)',
  ),
  // Sums.
  mutant(
    'takes a refusal for the first success',
    'First = min(iff(IsSuccess, Second, 86400))',
    'First = min(Second)',
  ),
  mutant('forgets who asked last', '(Result - 1) * 16 + Askers, -1', '(Result - 1) * 16, -1'),
  mutant(
    'counts hours of what counts for nothing',
    'Counted * binary_shift_left(1, Hour)',
    'binary_shift_left(1, Hour)',
  ),
  mutant('takes every password grant for a success', '2 * max(RopcRefused)', 'max(RopcRefused)'),
  mutant(
    'keeps the case of the protocol',
    "AuthenticationProtocol =~ 'ropc'",
    "AuthenticationProtocol == 'ropc'",
  ),
  mutant('sums rows that it does not send', 'Rows = sum(Rows)', 'Rows = count()'),
  mutant(
    'says nothing of what it could not read',
    'isempty(Id) or Result == 7 or (isempty(Person) and Result > 0)',
    'false',
  ),
];

/** Throws RangeError where the query does not have the text exactly once. */
export function mutate(query: string, { name, from, to }: Mutant): string {
  const parts = query.split(tighten(from));
  if (parts.length !== 2) throw new RangeError(`"${name}" fits ${parts.length - 1} places.`);
  return parts.join(tighten(to));
}
