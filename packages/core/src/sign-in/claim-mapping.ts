import { type Static, Type } from 'typebox';

const ClaimName = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'A claim by its name, or one inside another by a dotted path: `realm_access.roles`',
});
const groupNames = (description: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: 200, description });

/** How the claims a provider makes about a person become a person here. */
export const ClaimMapping = Type.Object(
  {
    scopes: Type.Array(Type.String({ pattern: '^[!#-\\[\\]-~]+$', maxLength: 200 }), {
      maxItems: 20,
      description: 'What is asked of the provider besides `openid`',
    }),
    email: ClaimName,
    name: ClaimName,
    groups: ClaimName,
    acceptUnverifiedEmail: Type.Boolean({
      description: 'Let people in whose provider says that it did not verify their e-mail address',
    }),
    emailDomains: Type.Array(Type.String({ pattern: '^[^@\\s]+\\.[^@\\s]+$', maxLength: 253 }), {
      maxItems: 100,
      description: 'Only addresses of these domains get in; none means any',
    }),
    requiredGroups: groupNames('One of these is needed to get in; none means that everybody may'),
    adminGroups: groupNames('Any of these makes an administrator, and having none a member; none leaves roles alone'),
    teams: Type.Union([Type.Null(), Type.String({ pattern: '^[^*]*\\*[^*]*$', maxLength: 200 })], {
      description: 'Which groups are teams: `*` stands for the identifier of the team. Null leaves teams alone',
    }),
    createPeople: Type.Boolean({ description: 'Make a person who signs in for the first time' }),
    contact: Type.String({ maxLength: 500, description: 'Whom to ask, shown to people who are not let in' }),
  },
  { additionalProperties: false },
);
export type ClaimMapping = Static<typeof ClaimMapping>;

/** What most providers need. */
export const defaultClaimMapping: ClaimMapping = {
  scopes: ['profile', 'email'],
  email: 'email',
  name: 'name',
  groups: 'groups',
  acceptUnverifiedEmail: false,
  emailDomains: [],
  requiredGroups: [],
  adminGroups: [],
  teams: null,
  createPeople: true,
  contact: '',
};
