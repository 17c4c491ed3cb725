/** What belongs to a Graph deployment besides its root. */
export interface Cloud {
  readonly authority: string;
  /** The Entra admin centre. */
  readonly portal: string;
  /** Whether Microsoft enforces MFA there: in the public cloud alone ("Plan for mandatory MFA", April 2026). */
  readonly isMfaEnforced: boolean;
  /**
   * The query API of Log Analytics, and for what a token is asked for ("Access the Azure Monitor Log Analytics API",
   * learn.microsoft.com, August 2025; the client's own list of clouds).
   */
  readonly logs: { readonly endpoint: string; readonly audience: string };
}

const PUBLIC: Cloud = {
  authority: 'https://login.microsoftonline.com',
  portal: 'https://entra.microsoft.com',
  isMfaEnforced: true,
  logs: {
    endpoint: 'https://api.loganalytics.azure.com',
    audience: 'https://api.loganalytics.io',
  },
};
const US_GOVERNMENT: Cloud = {
  authority: 'https://login.microsoftonline.us',
  portal: 'https://entra.microsoft.us',
  isMfaEnforced: false,
  logs: {
    endpoint: 'https://api.loganalytics.us',
    audience: 'https://api.loganalytics.us',
  },
};

const CLOUDS: Readonly<Record<string, Cloud>> = {
  'graph.microsoft.us': US_GOVERNMENT,
  'dod-graph.microsoft.us': US_GOVERNMENT,
  'microsoftgraph.chinacloudapi.cn': {
    authority: 'https://login.chinacloudapi.cn',
    portal: 'https://entra.microsoftonline.cn',
    isMfaEnforced: false,
    logs: {
      endpoint: 'https://api.loganalytics.azure.cn',
      audience: 'https://api.loganalytics.azure.cn',
    },
  },
};

/** The cloud of a Graph root ("National cloud deployments", learn.microsoft.com); any other is the public one. */
export function cloudOf(graphEndpoint: URL): Cloud {
  return CLOUDS[graphEndpoint.hostname] ?? PUBLIC;
}
