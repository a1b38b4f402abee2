import type { ParameterName, Parameters } from './parameters.ts';

export type ParameterGroup = 'common' | 'sampling' | 'tools' | 'advanced';

/** How a parameter is edited. */
export type ParameterEditor = 'line' | 'lines' | 'number' | 'json' | 'switch' | 'thinking' | 'toolChoice';

interface RequestField<Name extends ParameterName> {
  group: ParameterGroup;
  editor: ParameterEditor;
  /** Whether the body of a request has it: each, those where something is set, or none. */
  inBody: 'always' | 'optional' | 'never';
  /** Whether a setting stands behind it. */
  hasSetting?: true;
  /** For what some models don't take: a value to find out with whether one does. */
  sample?: Parameters[Name];
}

/** All that differs between the fields of a request, but for their forms and words; in the order of the wire's page. */
const fields = {
  model: { group: 'common', editor: 'line', inBody: 'always', hasSetting: true },
  max_tokens: { group: 'common', editor: 'number', inBody: 'always', hasSetting: true },
  stream: { group: 'advanced', editor: 'switch', inBody: 'always', hasSetting: true },
  system: { group: 'common', editor: 'lines', inBody: 'optional', hasSetting: true },
  temperature: { group: 'sampling', editor: 'number', inBody: 'optional', hasSetting: true, sample: 0.5 },
  top_p: { group: 'sampling', editor: 'number', inBody: 'optional', hasSetting: true, sample: 0.5 },
  top_k: { group: 'sampling', editor: 'number', inBody: 'optional', hasSetting: true, sample: 5 },
  stop_sequences: { group: 'sampling', editor: 'lines', inBody: 'optional', hasSetting: true },
  metadata: { group: 'advanced', editor: 'line', inBody: 'optional', hasSetting: true },
  thinking: { group: 'common', editor: 'thinking', inBody: 'optional', sample: { type: 'adaptive' } },
  tools: { group: 'tools', editor: 'json', inBody: 'optional' },
  tool_choice: { group: 'tools', editor: 'toolChoice', inBody: 'optional', sample: { type: 'auto' } },
  // What the messages end with, and marks on what the body has anyway.
  prefill: { group: 'advanced', editor: 'lines', inBody: 'never', sample: '{' },
  cache: { group: 'advanced', editor: 'switch', inBody: 'never' },
} as const satisfies { [Name in ParameterName]: RequestField<Name> };

export const requestFields: { readonly [Name in ParameterName]: RequestField<Name> } = fields;

export const parameterNames = Object.keys(fields) as ParameterName[];

type NamesIn<Place> = {
  [Name in ParameterName]: (typeof fields)[Name]['inBody'] extends Place ? Name : never;
}[ParameterName];

/** A field that the body of a request may be without. */
export type OptionalField = NamesIn<'optional'>;

/** Fields of the body, its messages aside. */
export const bodyFields = parameterNames.filter(
  (name): name is NamesIn<'always' | 'optional'> => requestFields[name].inBody !== 'never',
);

export const optionalFields = parameterNames.filter(
  (name): name is OptionalField => requestFields[name].inBody === 'optional',
);
