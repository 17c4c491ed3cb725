import { CAST_AWKWARD } from './cast-awkward.ts';
import { CAST_COVERED } from './cast-covered.ts';
import { CAST_EDGES } from './cast-edges.ts';
import { CAST_IMPACT } from './cast-impact.ts';
import { type CastMember, signsIn } from './cast-member.ts';
import { CAST_MISSING } from './cast-missing.ts';
import { CAST_MOVING } from './cast-moving.ts';
import { AZURE_CLI, PORTAL } from './sign-in-applications.ts';

/** The handmade people, as they are on the last day of the story, each with the standing that is right for them. */
export const CAST: readonly CastMember[] = [
  ...CAST_COVERED,
  ...CAST_IMPACT,
  ...CAST_MISSING,
  ...CAST_EDGES,
  ...CAST_MOVING,
  ...CAST_AWKWARD,
];

/** Sign-ins by people of other tenants, whose ids are in nobody's `/users`. */
export const STRANGERS = ['partner-technician', 'passing-guest'].map((key, index) => ({
  key,
  displayName: index === 0 ? 'Partner Technician' : 'Passing Guest',
  signInName: `${key}@partner.example`,
  habits: [signsIn(index === 0 ? PORTAL : AZURE_CLI, 'push', { everyDays: 2, minuteOfDay: 610 })],
}));

/** User principal names of the emergency accounts, for BREAK_GLASS_ACCOUNTS. */
export const EMERGENCY_ACCOUNTS: readonly string[] = CAST.filter(({ emergency }) => emergency).map(
  ({ userPrincipalName }) => userPrincipalName ?? '',
);

/** The shared mailbox that the digest is sent from. */
export const SENDER = 'mfa-report@contoso.example';
