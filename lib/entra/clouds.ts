/** What belongs to a Graph deployment besides its root. */
export interface Cloud {
  readonly authority: string;
  /** The Entra admin centre. */
  readonly portal: string;
}

const PUBLIC: Cloud = {
  authority: 'https://login.microsoftonline.com',
  portal: 'https://entra.microsoft.com',
};
const US_GOVERNMENT: Cloud = {
  authority: 'https://login.microsoftonline.us',
  portal: 'https://entra.microsoft.us',
};

const CLOUDS: Readonly<Record<string, Cloud>> = {
  'graph.microsoft.us': US_GOVERNMENT,
  'dod-graph.microsoft.us': US_GOVERNMENT,
  'microsoftgraph.chinacloudapi.cn': {
    authority: 'https://login.chinacloudapi.cn',
    portal: 'https://entra.microsoftonline.cn',
  },
};

/** The cloud of a Graph root ("National cloud deployments", learn.microsoft.com); any other is the public one. */
export function cloudOf(graphEndpoint: URL): Cloud {
  return CLOUDS[graphEndpoint.hostname] ?? PUBLIC;
}
