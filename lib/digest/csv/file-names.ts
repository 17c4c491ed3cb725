/** The names of the files. They are the script's where the script wrote the file. */
export const FILE_NAMES = {
  overview: 'Identity_Overview.csv',
  stopped: 'Identity_Overview_Stopped.csv',
  impact: 'Identity_Overview_ImpactMFAEnforcement.csv',
  missing: 'Identity_Overview_MissingMFA.csv',
  notCapable: 'Identity_Overview_MissingMFA_NotCapable.csv',
  unknown: 'Identity_Overview_Unknown.csv',
  changes: 'Identity_Overview_Changes.csv',
  phoneOnly: 'Identity_Overview_PhoneOnly.csv',
  scripts: 'Identity_Overview_Scripts.csv',
  excepted: 'Identity_Overview_Excepted.csv',
  signInLog: 'Identity_Overview_LoginsLogs.csv',
} as const;

/** The workbook's name, by its UTC day: it lies among others in a download folder. */
export function workbookName(madeAt: string): string {
  return `mfa-gaps-${madeAt.slice(0, 10)}.xlsx`;
}

export function isWorkbook(name: string): boolean {
  return name.endsWith('.xlsx');
}
