/** What a message says and how, as it was written: no node is HTML, and every character that is no mark of the markup is in some text. */
export type Block =
  /** Its lines are broken, and left empty, as they were typed. */
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly children: readonly Block[] }
  /** `number` as it was typed; null in a list with bullets. */
  | { readonly kind: 'list'; readonly items: readonly Item[] };

export interface Item {
  readonly number: number | null;
  readonly children: readonly Block[];
}

export type Style = 'strong' | 'em' | 'strike' | 'spoiler';

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: Style; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  /** `label` is the address itself where nobody wrote another one. `image`: written with `!` before it. */
  | { readonly kind: 'link'; readonly href: string; readonly label: string; readonly image: boolean }
  | { readonly kind: 'mention' | 'room'; readonly name: string };
