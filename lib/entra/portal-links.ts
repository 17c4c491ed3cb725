const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** Where a person is managed in the Entra admin centre. */
export interface PortalLinks {
  readonly user: string;
  readonly methods: string;
}

/** Links to a person's two pages; empty texts where the id is no GUID, and so cannot be one of Entra's. */
export function portalLinks(portalOrigin: string, id: string): PortalLinks {
  if (!GUID.test(id)) return { user: '', methods: '' };
  const menu = `${portalOrigin}/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~`;
  const userId = encodeURIComponent(id);
  return {
    user: `${menu}/overview/userId/${userId}`,
    methods: `${menu}/UserAuthMethods/userId/${userId}`,
  };
}
