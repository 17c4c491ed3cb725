/** A request that Graph answers with an error; thrown inside an endpoint, answered by the server. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function badRequest(message: string): Refusal {
  return new Refusal(400, 'BadRequest', message);
}

export function notPremium(): Refusal {
  return new Refusal(
    403,
    'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    "Neither tenant is B2C or tenant doesn't have premium license",
  );
}

export function notAllowed(): Refusal {
  return new Refusal(
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
  );
}

export function invalidToken(message: string): Refusal {
  return new Refusal(401, 'InvalidAuthenticationToken', message);
}

export function invalidPageToken(): Refusal {
  return new Refusal(400, 'UnknownError', 'Invalid Skip Token, skip token is null.');
}

export function tooManyRequests(retryAfter?: string): Refusal {
  return new Refusal(
    429,
    'TooManyRequests',
    'Please retry again later.',
    retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  );
}
