import { displayText } from '../digest/text/safe-text.ts';
import { capitalise } from '../digest/text/wording.ts';
import { SettingsError } from '../errors.ts';
import type { SettingProblem } from '../errors.ts';
import { EXCEPTIONS_NAME } from '../findings/read-exceptions.ts';
import type { ExceptionLine } from '../findings/read-exceptions.ts';
import { openRegister } from '../run/exceptions-register.ts';
import type { Register } from '../run/exceptions-register.ts';
import { dayOf, daysBetween } from '../utc-day.ts';
import { printJson } from './outcome.ts';
import type { ExitCode } from './outcome.ts';
import { paintFor } from './paint.ts';
import { loadEnvironment } from './settings-file.ts';
import { countOf, DEFAULT_STATE, openTerminal } from './terminal.ts';

interface ExceptionsOptions {
  readonly settings?: string;
  readonly json?: boolean;
  /** Whether the tenant is not asked. */
  readonly offline?: boolean;
}

/** Prints the register as it stands. */
export async function listExceptions(options: ExceptionsOptions): Promise<ExitCode> {
  const { register, lines } = await readLines(options);
  if (lines === undefined) return 1;
  if (options.json === true) {
    printJson({ place: register.place, lines });
    return 0;
  }
  console.log(
    `${EXCEPTIONS_NAME} (${register.place}): ${countOf(lines.length, 'line')}.\n${lines.map(describeLine).join('\n')}`.trim(),
  );
  return 0;
}

/** Judges the register as a digest would; ends with 1 where a line is refused. */
export async function checkExceptions(options: ExceptionsOptions): Promise<ExitCode> {
  const { register, lines } = await readLines(options);
  if (lines === undefined) return 1;
  const refused =
    options.offline === true ? register.judgeOffline(lines) : (await register.judge(lines)).refused;
  const paint = paintFor(process.stdout);
  for (const line of lines) {
    const because = refused.find((each) => each.line === line.line)?.because;
    const mark = because === undefined ? paint('green', '✓') : paint('red', '✗');
    console.log(`${mark} ${describeLine(line).trimStart()}`);
    if (because !== undefined) console.log(`  → ${because}`);
  }
  const seen = options.offline === true ? ' The tenant was not asked who exists.' : '';
  console.log(
    `${countOf(lines.length, 'line')} in ${EXCEPTIONS_NAME} (${register.place}), ${refused.length} refused.${seen}`,
  );
  return refused.length > 0 ? 1 : 0;
}

interface AddOptions extends ExceptionsOptions {
  readonly until: string;
  readonly reason: string;
  readonly by: string;
}

/** Adds a line that a digest would take; refuses any other, and writes nothing then. */
export async function addException(person: string, options: AddOptions): Promise<ExitCode> {
  const line = readLine(person, options);
  const register = await open(options);
  const refused =
    options.offline === true
      ? register.judgeOffline([line])
      : (await register.judge([line])).refused;
  const [refusal] = refused;
  if (refusal !== undefined) {
    console.error(`Not added. ${refusal.because}`);
    return 2;
  }
  await register.add(line);
  const days = daysBetween(dayOf(Date.now()), line.expires);
  console.log(
    `Added to ${EXCEPTIONS_NAME} (${register.place}): it ends on ${line.expires}, in ${countOf(days, 'day')}.`,
  );
  return 0;
}

/** The line as it was given; throws one SettingsError with everything that no register can hold. */
function readLine(person: string, { until, reason, by }: AddOptions): ExceptionLine {
  const values = {
    '<person>': person.trim(),
    '--until': until.trim(),
    '--reason': reason.trim(),
    '--by': by.trim(),
  };
  const problems: SettingProblem[] = [];
  for (const [setting, value] of Object.entries(values)) {
    if (value === '') problems.push({ setting, problem: 'is empty.' });
    else if (/\p{Cc}/u.test(value))
      problems.push({ setting, problem: 'must be one line without control characters.' });
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return {
    line: 1,
    person: values['<person>'],
    reason: values['--reason'],
    approvedBy: values['--by'],
    expires: values['--until'],
  };
}

async function open({ settings }: ExceptionsOptions): Promise<Register> {
  return openRegister({
    ports: openTerminal(await loadEnvironment(settings)),
    defaultState: DEFAULT_STATE,
  });
}

/** The lines of the register; undefined, and said, where it is none. */
async function readLines(options: ExceptionsOptions) {
  const register = await open(options);
  const read = await register.read();
  if (read.state === 'read') return { register, lines: read.lines };
  console.error(capitalise(read.problem));
  return { register, lines: undefined };
}

/** A name to sign in with or an object id, as most are. */
const PLAIN_NAME = /^[\w.+#'-]{1,64}(?:@[\w.-]{1,255})?$/;

/** What stands in the file reaches the terminal as plain text. */
function describeLine({ line, person, reason, approvedBy, expires }: ExceptionLine): string {
  const [why, by, until] = [reason, approvedBy, expires].map((text) => displayText(text, 60));
  // It is there to be copied, and holds nothing that a terminal would act on.
  const who = PLAIN_NAME.test(person) ? person : displayText(person, 60);
  return `  line ${line}  ${who}  until ${until}  ${why}  (approved by ${by})`;
}
