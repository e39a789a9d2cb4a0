/** A pause after which letters begin a new word, in milliseconds, as long as native lists wait. */
const pause = 700;

/** Letters typed into a list, gathered into a word. */
export function createTypeahead(find: (typed: string) => void) {
  let typed = '';
  let until = 0;
  return (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || [...event.key].length !== 1) return;
    typed = event.timeStamp > until ? event.key : typed + event.key;
    until = event.timeStamp + pause;
    // A space presses the button, unless it is a part of the word.
    if (typed.trim() === '') return void (typed = '');
    event.preventDefault();
    find(typed);
  };
}
