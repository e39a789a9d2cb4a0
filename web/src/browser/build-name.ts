/** The path of the page's first script, which carries the hash of its content and, by the names in it, of all others'. */
export function buildName(): string {
  return new URL(document.querySelector<HTMLScriptElement>('script[type=module]')!.src).pathname;
}
