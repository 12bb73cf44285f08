/** There is one organization; its id is what tokens carry as `orgId`. */
export const ORGANIZATION_ID = 'org_gantry';
