import type { JSX } from 'solid-js';
import { reveal } from '../../../model/deception/hidden';
import type { Inline } from '../../../model/markdown/tree';
import { unreachable } from '../../../wire/unreachable';
import { Plain } from '../../plain';
import { BodyLink } from './body-link';
import { Mention, RoomName } from './named';
import { Spoiler } from './spoiler';

export function Inlines(props: { nodes: readonly Inline[] }) {
  return <>{props.nodes.map(element)}</>;
}

function element(node: Inline): JSX.Element {
  switch (node.kind) {
    case 'text': return words(node.text);
    case 'strong': return <strong><Inlines nodes={node.children} /></strong>;
    case 'em': return <em><Inlines nodes={node.children} /></em>;
    case 'strike': return <s><Inlines nodes={node.children} /></s>;
    case 'spoiler': return <Spoiler><Inlines nodes={node.children} /></Spoiler>;
    case 'code': return <code><Plain text={node.text} /></code>;
    case 'link': return <BodyLink href={node.href} label={node.label} />;
    case 'mention': return <Mention name={node.name} />;
    case 'room': return <RoomName name={node.name} />;
    default: return unreachable(node);
  }
}

/** Most of what is said hides nothing: then it is a text as it is, and nothing watches it. */
function words(text: string): JSX.Element {
  const [only, another] = reveal(text);
  return typeof only === 'string' && another === undefined ? only : <Plain text={text} />;
}
