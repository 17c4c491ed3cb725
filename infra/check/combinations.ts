/** One choice of the parameters that change which resources there are. */
export interface Combination {
  readonly hasNetwork: boolean;
  readonly hasNatGateway: boolean;
  readonly hasAlerts: boolean;
  readonly alertsOnMissingDigest: boolean;
  readonly readsSignInWorkspace: boolean;
  readonly hasCallers: boolean;
}

/** The one address range of a combination that names callers. */
export const CALLERS = '192.0.2.0/24';

const CHOICES: Readonly<Record<keyof Combination, readonly boolean[]>> = {
  hasNetwork: [false, true],
  hasNatGateway: [false, true],
  hasAlerts: [false, true],
  alertsOnMissingDigest: [false, true],
  readsSignInWorkspace: [false, true],
  hasCallers: [false, true],
};

/** Every combination; a choice that another one leaves without effect is not varied. */
export function combinations(): readonly Combination[] {
  let found: readonly Partial<Combination>[] = [{}];
  for (const [name, values] of Object.entries(CHOICES)) {
    found = found.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  }
  return (found as readonly Combination[]).filter(
    (one) =>
      (one.hasNetwork || !one.hasNatGateway) && (one.hasAlerts || !one.alertsOnMissingDigest),
  );
}

/** The environment variables by which main.bicepparam takes a combination. */
export function toEnvironment(one: Combination): Readonly<Record<string, string>> {
  return {
    VNET_ENABLED: String(one.hasNetwork),
    NAT_GATEWAY_ENABLED: String(one.hasNatGateway),
    ALERTS_ENABLED: String(one.hasAlerts),
    ALERT_EMAILS: one.hasAlerts ? 'operator@contoso.example' : '',
    ALERT_ON_MISSING_DIGEST: String(one.alertsOnMissingDigest),
    SIGN_IN_WORKSPACE_RESOURCE_ID: one.readsSignInWorkspace
      ? '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/log-entra'
      : '',
    ALLOWED_CALLERS: one.hasCallers ? CALLERS : '',
  };
}
