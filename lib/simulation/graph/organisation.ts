import type { Page } from './paging.ts';

/** The licence that gives a tenant sign-in logs and activity. */
const PREMIUM_PLAN = {
  servicePlanName: 'AAD_PREMIUM',
  provisioningStatus: 'Success',
  appliesTo: 'User',
};

const SKUS = [
  { skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965', skuPartNumber: 'SPE_E3', premium: true },
  { skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06', skuPartNumber: 'SPE_E5', premium: true },
  {
    skuId: 'f30db892-07e9-47e9-837c-80727f46fd3d',
    skuPartNumber: 'FLOW_FREE',
    premium: false,
  },
  {
    skuId: 'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235',
    skuPartNumber: 'POWER_BI_STANDARD',
    premium: false,
  },
  {
    skuId: '3c1d9f0e-52a4-4b7e-9d66-0e8a7c4b1f25',
    skuPartNumber: 'CONTOSO_FABRICATOR_PLAN',
    premium: false,
  },
] as const;

/** GET /subscribedSkus; a free tenant has none that brings Entra ID P1 or P2. */
export function subscribedSkusPage(licence: 'premium' | 'free'): Page {
  const rows = SKUS.filter(({ premium }) => licence === 'premium' || !premium).map(
    ({ skuId, skuPartNumber, premium }) =>
      JSON.stringify({
        skuId,
        skuPartNumber,
        capabilityStatus: 'Enabled',
        servicePlans: premium ? [PREMIUM_PLAN] : [],
      }),
  );
  return { context: 'subscribedSkus', rows };
}

/** GET /organization. */
export function organisationPage(tenantId: string): Page {
  const row = JSON.stringify({
    id: tenantId,
    displayName: 'Contoso',
    verifiedDomains: [
      { name: 'contoso.example', isDefault: true },
      { name: 'contoso.onmicrosoft.example', isInitial: true },
    ],
  });
  return { context: 'organization', rows: [row] };
}
