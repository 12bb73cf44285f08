import SCIMMY from 'scimmy';

// The library keeps its schemas for the whole process; this is the one place that adds to them.
SCIMMY.Schemas.User.definition.extend(SCIMMY.Schemas.EnterpriseUser.definition);

const { User, Group, EnterpriseUser } = SCIMMY.Schemas;
const schemaUrn = 'urn:ietf:params:scim:schemas:core:2.0:';
export const MOST_RESULTS = 1000;

const feature = (supported: boolean) => ({ supported });

/** What RFC 7643 §5 asks a service to tell of itself. */
export const serviceProviderConfig = {
  schemas: [`${schemaUrn}ServiceProviderConfig`],
  patch: feature(true),
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: MOST_RESULTS },
  changePassword: feature(false),
  sort: feature(true),
  etag: feature(false),
  authenticationSchemes: [
    { type: 'oauthbearertoken', name: 'Bearer token', description: 'A token an administrator makes for the directory' },
  ],
};

const resourceType = (name: string, endpoint: string, extensions: object) => ({
  ...{ schemas: [`${schemaUrn}ResourceType`], id: name, name, endpoint, schema: `${schemaUrn}${name}` },
  ...extensions,
});

export const resourceTypes = [
  resourceType('User', '/Users', { schemaExtensions: [{ schema: EnterpriseUser.id, required: false }] }),
  resourceType('Group', '/Groups', {}),
];

export const schemas = () =>
  [User, Group, EnterpriseUser].map(({ definition }) => definition.describe('/scim/v2/Schemas'));
