import type { Change } from '../report/history.ts';
import { cell } from './csv-cells.ts';

export const CHANGES_COLUMNS = [
  'FindingId',
  'Id',
  'UserPrincipalName',
  'DisplayName',
  'Change',
  'How',
  'From',
  'To',
  'OpenedOn',
  'AgeDays',
  'Reason',
] as const;

/** One change as a row of Identity_Overview_Changes.csv. */
export function changeRow(change: Change): readonly string[] {
  return [
    change.findingId,
    change.id,
    change.userPrincipalName,
    change.displayName,
    change.kind,
    change.how,
    change.from,
    change.to,
    change.openedOn,
    change.ageDays,
    change.reason,
  ].map(cell);
}
