/** The text of a new tool file. `description` tells its author what belongs there. */
export function toolTemplate(name: string, description: string): string {
  const file = {
    name,
    description,
    input_schema: {
      type: 'object',
      properties: { query: { type: 'string' } },
      required: ['query'],
      additionalProperties: false,
    },
    command: ['node', `scripts/${name}.mjs`],
    reads: false,
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}
