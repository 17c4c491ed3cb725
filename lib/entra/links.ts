/** A page that says how to do something. */
interface Page {
  readonly label: string;
  readonly href: string;
}

const LEARN = 'https://learn.microsoft.com/entra';

/** Microsoft's pages, and the one where people register. Looked at on 28 November 2026. */
export const LINKS = {
  mandatoryMfa: {
    label: 'Mandatory MFA',
    href: `${LEARN}/identity/authentication/concept-mandatory-multifactor-authentication`,
  },
  readiness: {
    label: 'Get ready for mandatory MFA',
    href: `${LEARN}/identity/authentication/how-to-mandatory-multifactor-authentication`,
  },
  register: { label: 'Register a method', href: 'https://aka.ms/mfasetup' },
  temporaryAccessPass: {
    label: 'Temporary Access Pass',
    href: `${LEARN}/identity/authentication/howto-authentication-temporary-access-pass`,
  },
  passkeys: {
    label: 'Passkeys',
    href: `${LEARN}/identity/authentication/how-to-authentication-passkeys-fido2`,
  },
  telephony: {
    label: 'End of SMS and voice',
    href: `${LEARN}/identity/authentication/concept-sms-voice-retirement`,
  },
  managedIdentities: {
    label: 'Managed identities',
    href: `${LEARN}/identity/managed-identities-azure-resources/overview`,
  },
  federation: {
    label: 'Workload identity federation',
    href: `${LEARN}/workload-id/workload-identity-federation`,
  },
  securityDefaults: {
    label: 'Security defaults',
    href: `${LEARN}/fundamentals/security-defaults`,
  },
  methodsPolicy: {
    label: 'Authentication methods policy',
    href: `${LEARN}/identity/authentication/concept-authentication-methods-manage`,
  },
  registrationPolicy: {
    label: 'Registration of security info',
    href: `${LEARN}/identity/conditional-access/policy-all-users-security-info-registration`,
  },
  crossTenantAccess: {
    label: 'Cross-tenant access settings',
    href: `${LEARN}/external-id/cross-tenant-access-settings-b2b-collaboration`,
  },
  guests: {
    label: 'MFA for guests',
    href: `${LEARN}/external-id/authentication-conditional-access`,
  },
  emergencyAccess: {
    label: 'Emergency accounts',
    href: `${LEARN}/identity/role-based-access-control/security-emergency-access`,
  },
} as const satisfies Record<string, Page>;
