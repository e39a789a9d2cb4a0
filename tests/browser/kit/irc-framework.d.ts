/** What these tests use of it; it has no types of its own. */
declare module 'irc-framework' {
  interface IrcEvent {
    readonly nick: string;
    readonly channel?: string;
    readonly target?: string;
    readonly message?: string;
    readonly tags?: Readonly<Record<string, string>>;
    readonly commands?: readonly { readonly command: string; readonly params: readonly string[] }[];
  }
  export class Client {
    requestCap(caps: readonly string[]): void;
    connect(options: Readonly<Record<string, unknown>>): void;
    on(name: string, listener: (event: IrcEvent) => void): void;
    join(channel: string): void;
    say(target: string, text: string): void;
    raw(...line: readonly string[]): void;
    quit(reason: string): void;
  }
  const irc: { readonly Client: typeof Client };
  export default irc;
}

declare module 'irc-framework/src/transports/websocket.js';
