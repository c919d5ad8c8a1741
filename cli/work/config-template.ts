/** A configuration to begin with: the declaration of one target, and what stands around it; `schema` is for editors. */
export function configTemplate(declaration: string, schema: string): string {
  return `# yaml-language-server: $schema=${schema}
# What stormtest needs to know of your system: how people use it, and where it tells how it is.

targets:
${declaration}
# Systems on other machines need your word that they are yours, and two caps.
# owned: [staging.example.com]
# caps: { rate: 300, duration: 10m }
`;
}
