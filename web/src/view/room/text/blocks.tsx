import { For, Match, Show, Switch } from 'solid-js';
import type { Block, Item } from '../../../model/markdown/tree';
import { CodeBlock } from './code-block';
import { Inlines } from './inlines';

type Kind<K extends Block['kind']> = Extract<Block, { readonly kind: K }>;

/** They never change: another text has others. A message of one paragraph is a line of text, and what stands behind it (“edited”) stays on that line. */
export function Blocks(props: { blocks: readonly Block[] }) {
  const { blocks } = props;
  const [only, another] = blocks;
  return only?.kind === 'paragraph' && another === undefined ? <Inlines nodes={only.children} /> : <>{blocks.map((block) => <OneBlock block={block} />)}</>;
}

function OneBlock(props: { block: Block }) {
  const as = <K extends Block['kind']>(kind: K) => (props.block.kind === kind ? props.block as Kind<K> : false);
  return (
    <Switch>
      <Match when={as('paragraph')}>{(block) => <p><Inlines nodes={block().children} /></p>}</Match>
      <Match when={as('code')}>{(block) => <CodeBlock text={block().text} language={block().language} />}</Match>
      <Match when={as('quote')}>{(block) => <blockquote><Blocks blocks={block().children} /></blockquote>}</Match>
      <Match when={as('list')}>{(block) => <List items={block().items} />}</Match>
    </Switch>
  );
}

/** Numbers stay as they were typed. */
function List(props: { items: readonly Item[] }) {
  const items = <For each={props.items}>{({ number, children }) => <li value={number ?? undefined}><Blocks blocks={children} /></li>}</For>;
  return <Show when={props.items[0]!.number !== null} fallback={<ul>{items}</ul>}><ol>{items}</ol></Show>;
}
