import { defineCommand } from 'citty';
import { doctor } from '../doctor/doctor.ts';
import { renderFindings } from '../doctor/render-findings.ts';
import type { ExitCode } from './exit-code.ts';
import { loadEnvironment } from './load-environment.ts';
import { SETTINGS_FILE } from './settings-file.ts';
import { DEFAULT_STATE, openTerminal } from './terminal.ts';

export const doctorCommand = defineCommand({
  meta: { name: 'doctor', description: 'Check what a run needs, and say what to do' },
  args: SETTINGS_FILE,
  async run({ args }): Promise<ExitCode> {
    const findings = await doctor({
      ports: openTerminal(await loadEnvironment(args.settings)),
      defaultState: DEFAULT_STATE,
    });
    console.log(renderFindings(findings));
    return findings.some(({ level }) => level === 'problem') ? 1 : 0;
  },
});
