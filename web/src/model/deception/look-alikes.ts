/** Letters that are drawn like those of ASCII: Cyrillic, Greek, Armenian, and Latin ones beyond it. What UTS 39 calls confusable, as far as people were tricked with it. */
const alike = /[аеорсхуіјѕһԁԛԝӏԌВЕКМНОРСТХАІЈЅԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυχοօսհոցɑɡıʟ]/u;
const latin = /[\p{Script=Latin}]/u;
const lookingLatin = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}]/gu;
const letters = /\p{L}/gu;

/** Letters that pretend to be Latin ones: a few within a Latin word, or a word all of such letters. Each name by itself, where there are several. */
export function pretenders(names: string): readonly string[] {
  return [...new Set(names.split(/[\s,]+/u).flatMap(pretendersOf))];
}

function pretendersOf(name: string): readonly string[] {
  const foreign = name.match(lookingLatin) ?? [];
  const all = name.match(letters) ?? [];
  return latin.test(name) || all.every((letter) => alike.test(letter)) ? foreign : [];
}

/** Scripts none of whose letters are taken for ASCII. */
const plain = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}ー々〆0-9-]+$/u;

/** Whether a part of a host between dots may be taken for another one: it is neither plain ASCII nor plainly something else. */
export function isDisguised(label: string): boolean {
  return /[^\u0000-\u007f]/u.test(label) && !plain.test(label);
}
