import { cleanText } from './safe-text.ts';

/** A value as a cell: booleans as PowerShell writes them, lists joined with `; `, empty where not known. */
export function cell(
  value: string | number | boolean | readonly string[] | undefined | null,
): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  return cleanText(typeof value === 'string' ? value : value.join('; '));
}
