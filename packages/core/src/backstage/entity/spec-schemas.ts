import { type TProperties, Type } from 'typebox';

/**
 * What the `spec` of each built-in kind must hold. Only what Backstage checks is here: unknown keys are welcome
 * everywhere, and a field that is listed here is checked whenever it is present.
 */
const text = Type.String({ minLength: 1 });
const texts = Type.Array(text);
const optional = Type.Optional;
const open = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: true });

const typed = { type: text, lifecycle: text, owner: text, system: optional(text) };

export const component = open({
  ...typed,
  subcomponentOf: optional(text),
  providesApis: optional(texts),
  consumesApis: optional(texts),
  dependsOn: optional(texts),
});

export const api = open({ ...typed, definition: text });
export const mcpServer = open({ ...typed, remotes: Type.Array(open({ type: text, url: text }), { minItems: 1 }) });

export const resource = open({ type: text, owner: text, system: optional(text), dependsOn: optional(texts) });
export const system = open({ owner: text, domain: optional(text), type: optional(text) });
export const domain = open({ owner: text, subdomainOf: optional(text), type: optional(text) });

const profile = optional(open({ displayName: optional(text), email: optional(text), picture: optional(text) }));

export const group = open({ type: text, profile, parent: optional(text), children: texts, members: optional(texts) });
export const user = open({ profile, memberOf: texts });

export const location = open({
  type: optional(text),
  target: optional(text),
  targets: optional(texts),
  presence: optional(Type.Enum(['required', 'optional'])),
});

export const aiResource = open(typed);
export const aiSkill = open({
  ...typed,
  disciplines: optional(texts),
  categories: optional(texts),
  agents: optional(texts),
  dependsOn: optional(texts),
  allowedTools: optional(text),
  license: optional(text),
  compatibility: optional(Type.String({ minLength: 1, maxLength: 500 })),
});
export const aiRule = open({ ...typed, disciplines: optional(texts), category: text, rationale: text });
export const aiPlugin = open({ ...typed, skills: texts, version: optional(text) });
export const aiMarketplace = open({ ...typed, plugins: texts, version: optional(text) });

const anything = Type.Record(Type.String(), Type.Unknown());
const anyText = Type.String();
const condition = optional(Type.Union([Type.String(), Type.Boolean()]));
const permissions = { 'backstage:permissions': optional(open({ tags: optional(Type.Array(anyText)) })) };
const formDecorators = optional(Type.Array(open({ id: optional(anyText), input: optional(anything) })));
const buttonLabels = open({
  backButtonText: optional(anyText),
  createButtonText: optional(anyText),
  reviewButtonText: optional(anyText),
});

export const template = open({
  type: text,
  owner: optional(text),
  lifecycle: optional(text),
  parameters: optional(Type.Union([open(permissions), Type.Array(open(permissions))])),
  secrets: optional(open({ schema: optional(anything) })),
  presentation: optional(open({ buttonLabels: optional(buttonLabels) })),
  EXPERIMENTAL_recovery: optional(open({ EXPERIMENTAL_strategy: optional(anyText) })),
  formDecorators,
  EXPERIMENTAL_formDecorators: formDecorators,
  steps: Type.Array(
    open({
      id: optional(anyText),
      name: optional(anyText),
      action: anyText,
      input: optional(anything),
      if: condition,
      ...permissions,
    }),
  ),
  output: optional(
    Type.Object(
      {
        links: optional(
          Type.Array(
            open({
              if: condition,
              url: optional(text),
              entityRef: optional(text),
              title: optional(text),
              icon: optional(text),
            }),
          ),
        ),
        text: optional(
          Type.Array(open({ if: condition, title: optional(text), icon: optional(text), content: optional(anyText) })),
        ),
      },
      { additionalProperties: Type.String() },
    ),
  ),
});
