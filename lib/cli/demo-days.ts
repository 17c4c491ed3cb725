import type { SimulationOptions } from '../simulation/tenant-server.ts';

/** The mornings that the demo can show. */
export const DAYS = ['normal', 'partial', 'clean', 'first', '500-hits', 'hostile', 'free'] as const;

export type Day = (typeof DAYS)[number];

/** What makes a morning what it is. */
export interface DayPlan {
  readonly tenant: Pick<SimulationOptions, 'fixtures' | 'generated' | 'licence'>;
  /** What goes wrong on the last morning. */
  readonly faults?: NonNullable<SimulationOptions['faults']>;
  /** Numbers other than the usual ones. */
  readonly numbers?: Readonly<Partial<Record<'people' | 'sign-ins' | 'days', string>>>;
  /** Whether a PARTIAL report is what was asked for. */
  readonly isPartial?: boolean;
}

export const DAY_PLANS: Readonly<Record<Day, DayPlan>> = {
  normal: { tenant: { fixtures: 'plausible' } },
  partial: {
    tenant: { fixtures: 'plausible' },
    faults: [{ endpoint: 'nonInteractiveSignIns', kind: 'noConsent' }],
    isPartial: true,
  },
  clean: { tenant: { fixtures: 'calm', generated: 'calm' } },
  first: { tenant: { fixtures: 'plausible' }, numbers: { days: '1' } },
  '500-hits': {
    tenant: { fixtures: 'plausible', generated: 'many' },
    numbers: { people: '1200', 'sign-ins': '8000' },
  },
  hostile: { tenant: { fixtures: 'everybody' } },
  free: { tenant: { fixtures: 'plausible', licence: 'free' }, isPartial: true },
};
