const hues = 12;

/** A letter on a colour that stays with the person, whatever they are called. */
export function Avatar(props: { id: string; name: string }) {
  const hue = () => {
    let hash = 0;
    for (const character of props.id) hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
    return hash % hues;
  };
  return <span class={`avatar hue-${hue()}`} aria-hidden="true">{[...props.name][0]?.toUpperCase()}</span>;
}
