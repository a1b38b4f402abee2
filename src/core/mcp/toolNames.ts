/** The most characters that the Messages API takes for a tool's name. */
const longest = 64;

/** Which tool of which server. */
export interface ToolOfServer {
  server: string;
  tool: string;
}

/**
 * The names under which models call these tools, in their order: `server__tool`, in the letters that the Messages API takes,
 * each once. What had to be changed ends with a few letters made of both names, so that it stays the same whatever else there is.
 */
export function toolNames(tools: readonly ToolOfServer[]): string[] {
  const taken = new Set<string>();
  return tools.map(tool => {
    const whole = `${tool.server}__${tool.tool}`;
    const clean = whole.replace(/[^a-zA-Z0-9_-]/g, '_');
    let name = clean === whole && clean.length <= longest ? clean : marked(clean, tool, 0);
    for (let turn = 1; taken.has(name); turn += 1) name = marked(clean, tool, turn);
    taken.add(name);
    return name;
  });
}

function marked(clean: string, { server, tool }: ToolOfServer, turn: number): string {
  const mark = checksum(JSON.stringify([server, tool, turn]));
  return `${clean.slice(0, longest - mark.length - 1)}_${mark}`;
}

/** FNV-1a of 32 bits: to tell names apart, and no more. */
function checksum(text: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(36).padStart(7, '0');
}
