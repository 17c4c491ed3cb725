/** What belongs to a Graph deployment besides its root. */
export interface Cloud {
  readonly authority: string;
  /** The Entra admin centre. */
  readonly portal: string;
  /** Whether Microsoft enforces MFA there: in the public cloud alone ("Plan for mandatory MFA", April 2026). */
  readonly isMfaEnforced: boolean;
}

const PUBLIC: Cloud = {
  authority: 'https://login.microsoftonline.com',
  portal: 'https://entra.microsoft.com',
  isMfaEnforced: true,
};
const US_GOVERNMENT: Cloud = {
  authority: 'https://login.microsoftonline.us',
  portal: 'https://entra.microsoft.us',
  isMfaEnforced: false,
};

const CLOUDS: Readonly<Record<string, Cloud>> = {
  'graph.microsoft.us': US_GOVERNMENT,
  'dod-graph.microsoft.us': US_GOVERNMENT,
  'microsoftgraph.chinacloudapi.cn': {
    authority: 'https://login.chinacloudapi.cn',
    portal: 'https://entra.microsoftonline.cn',
    isMfaEnforced: false,
  },
};

/** The cloud of a Graph root ("National cloud deployments", learn.microsoft.com); any other is the public one. */
export function cloudOf(graphEndpoint: URL): Cloud {
  return CLOUDS[graphEndpoint.hostname] ?? PUBLIC;
}
