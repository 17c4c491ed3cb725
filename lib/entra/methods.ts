/** How much an authentication method proves, strongest first; `unclassified` is a name not known here. */
export const METHOD_CLASSES = [
  'phishing-resistant',
  'passwordless',
  'mfa',
  'sms-voice',
  'unclassified',
  'none',
] as const;

export type MethodClass = (typeof METHOD_CLASSES)[number];

interface Method {
  readonly name: string;
  readonly class: MethodClass;
}

/**
 * The values of methodsRegistered, classed after Entra's authentication strengths. E-mail, security questions,
 * app passwords and QR codes are no second factor. Microsoft retires its own SMS and voice on 1 February 2027.
 */
const METHODS: Readonly<Record<string, Method>> = {
  passKeyDeviceBound: { name: 'Passkey (device-bound)', class: 'phishing-resistant' },
  passKeyDeviceBoundAuthenticator: {
    name: 'Passkey in Microsoft Authenticator',
    class: 'phishing-resistant',
  },
  passKeyDeviceBoundWindowsHello: {
    name: 'Passkey in Windows Hello',
    class: 'phishing-resistant',
  },
  passKeySynced: { name: 'Passkey (synced)', class: 'phishing-resistant' },
  fido2SecurityKey: { name: 'FIDO2 security key', class: 'phishing-resistant' },
  fido2: { name: 'FIDO2 security key', class: 'phishing-resistant' },
  windowsHelloForBusiness: { name: 'Windows Hello for Business', class: 'phishing-resistant' },
  // In no reference, and seen in the report (public scripts, read 28 November 2026).
  certificateBasedAuthentication: { name: 'Certificate', class: 'phishing-resistant' },
  macOsSecureEnclaveKey: { name: 'macOS platform credential', class: 'phishing-resistant' },
  microsoftAuthenticatorPasswordless: {
    name: 'Microsoft Authenticator (passwordless)',
    class: 'passwordless',
  },
  microsoftAuthenticatorPush: { name: 'Microsoft Authenticator (push)', class: 'mfa' },
  softwareOneTimePasscode: { name: 'Authenticator app code', class: 'mfa' },
  hardwareOneTimePasscode: { name: 'Hardware token', class: 'mfa' },
  temporaryAccessPass: { name: 'Temporary Access Pass', class: 'mfa' },
  externalAuthMethod: { name: 'External MFA', class: 'mfa' },
  mobilePhone: { name: 'Mobile phone', class: 'sms-voice' },
  alternateMobilePhone: { name: 'Alternate mobile phone', class: 'sms-voice' },
  officePhone: { name: 'Office phone', class: 'sms-voice' },
  email: { name: 'E-mail (password reset only)', class: 'none' },
  securityQuestion: { name: 'Security questions (password reset only)', class: 'none' },
  appPassword: { name: 'App password', class: 'none' },
  password: { name: 'Password', class: 'none' },
  qrCode: { name: 'QR code', class: 'none' },
};

/** The display name of a method; a name not known here is shown as it came. */
export function methodName(method: string): string {
  return lookUp(method)?.name ?? method;
}

export function methodClass(method: string): MethodClass {
  return lookUp(method)?.class ?? 'unclassified';
}

/** The strongest and the weakest class among the methods that count as a second factor. */
export function methodRange(methods: readonly string[]): {
  readonly strongest: MethodClass;
  readonly weakest: MethodClass;
} {
  const ranks = methods
    .map((method) => METHOD_CLASSES.indexOf(methodClass(method)))
    .filter((rank) => METHOD_CLASSES[rank] !== 'none');
  return {
    strongest: METHOD_CLASSES[Math.min(...ranks)] ?? 'none',
    weakest: METHOD_CLASSES[Math.max(...ranks)] ?? 'none',
  };
}

/** Methods that get somebody in at any device, without a phone and without an end. */
const ANYWHERE: readonly string[] = [
  'passKeyDeviceBound',
  'passKeyDeviceBoundAuthenticator',
  'passKeySynced',
  'fido2SecurityKey',
  'fido2',
  'certificateBasedAuthentication',
];

/** True for a passkey or a certificate, which an emergency account needs. */
export function getsInAnywhere(method: string): boolean {
  return ANYWHERE.includes(method);
}

/** Strong methods that get somebody in at one device and, by the registration report, make nobody capable. */
const DEVICE_BOUND: readonly string[] = [
  'windowsHelloForBusiness',
  'passKeyDeviceBoundWindowsHello',
  'macOsSecureEnclaveKey',
];

/** True for a method that gets somebody in at one device alone. */
export function isUncounted(method: string): boolean {
  return DEVICE_BOUND.includes(method);
}

const CERTIFICATE = 'certificateBasedAuthentication';

/**
 * True where there is a method that counts, and every one of them is strong and makes nobody capable by the registration
 * report: bound to one device, or a certificate.
 */
export function isUncountedOnly(methods: readonly string[]): boolean {
  const counting = methods.filter(isFactor);
  return (
    counting.length > 0 && counting.every((method) => isUncounted(method) || method === CERTIFICATE)
  );
}

/** True for a certificate among them. */
export function hasCertificate(methods: readonly string[]): boolean {
  return methods.includes(CERTIFICATE);
}

/** True for a method that stays: a pass is there to register one. */
export function hasLastingFactor(methods: readonly string[]): boolean {
  return methods.some((method) => isFactor(method) && method !== 'temporaryAccessPass');
}

/** Of a method that is not known nobody may say that it is none. */
function isFactor(method: string): boolean {
  return methodClass(method) !== 'none';
}

function lookUp(method: string): Method | undefined {
  return Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
}
