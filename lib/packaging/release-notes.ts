import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Opens the portal with a template. https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-to-azure-button */
const PORTAL = 'https://portal.azure.com/#create/Microsoft.Template/uri/';

/**
 * What a release says of itself: its section of the changelog, the button that deploys it, and what is attached. A
 * version that the changelog does not know is an error.
 */
export function releaseNotes(changelog: string, version: string, templateUri: string): string {
  const [, section] = changelog.split(/^## /m).flatMap((part) => {
    const [heading = '', ...lines] = part.split('\n');
    return heading.startsWith(`[${version}]`) ? [heading, lines.join('\n').trim()] : [];
  });
  if (section === undefined) throw new Error(`CHANGELOG.md has no section [${version}].`);
  return `${section}

## Deploy

[![Deploy to Azure](https://aka.ms/deploytoazurebutton)](${PORTAL}${encodeURIComponent(templateUri)})

What the button does, and what is left to do after it: docs/deploy.md, _Without this repository_.

## Files

- \`mfa-gap-mailer.zip\`: the package; built again from this tag it has the same bytes
- \`azuredeploy.json\`: the template that also publishes the package; \`main.json\`: the same without it
- \`sbom.cdx.json\`: what the package is made of, as CycloneDX; \`THIRD-PARTY-NOTICES.txt\`: the licences of it
- \`SHA256SUMS\`, and an attestation of each file: \`gh attestation verify FILE --repo OWNER/NAME\`
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      version: { type: 'string', default: '' },
      'template-uri': { type: 'string', default: '' },
      out: { type: 'string', default: 'notes.md' },
    },
  });
  const changelog = await readFile(join(ROOT, 'CHANGELOG.md'), 'utf8');
  await writeFile(values.out, releaseNotes(changelog, values.version, values['template-uri']));
}
