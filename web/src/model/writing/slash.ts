/** What can be typed behind a slash, in the order in which it is listed: the words of the terminal, where they make sense in a page. */
export const commandNames = ['me', 'nick', 'join', 'leave', 'topic', 'msg', 'invite', 'help'] as const;
export type CommandName = (typeof commandNames)[number];

export type Typed =
  | { readonly kind: 'post'; readonly body: string }
  | { readonly kind: 'command'; readonly name: CommandName; readonly argument: string }
  | { readonly kind: 'unknown'; readonly name: string };

// command = "/" 1*ALPHA [1*WSP argument]; "//text" posts "/text", and a path (/etc/hosts) is none
const command = /^\/([a-z]+)(?:[\s\u3000]+(.*))?$/isu;

/** What is meant by what was typed. */
export function readTyped(text: string): Typed {
  if (text.startsWith('//')) return { kind: 'post', body: text.slice(1) };
  const found = command.exec(text);
  if (found === null) return { kind: 'post', body: text };
  const name = found[1]!.toLowerCase();
  const argument = (found[2] ?? '').trim();
  // What one does is said between underscores, on every protocol.
  if (name === 'me' && argument !== '') return { kind: 'post', body: `_${argument}_` };
  return isCommand(name) ? { kind: 'command', name, argument } : { kind: 'unknown', name };
}

function isCommand(name: string): name is CommandName {
  return (commandNames as readonly string[]).includes(name);
}
