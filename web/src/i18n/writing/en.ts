const plurals = new Intl.PluralRules('en');

/** Words about writing: loaded with what completes it. */
export const en = {
  kinds: { person: 'People', room: 'Rooms', emoji: 'Emoji', command: 'Commands' },
  proposed: (n: number) => `${n} ${plurals.select(n) === 'one' ? 'suggestion' : 'suggestions'}. Up and down to choose, Enter to take.`,
  everyone: 'all who are in this room',
  commands: {
    me: { argument: 'what you do', about: 'say what you do' },
    nick: { argument: 'name', about: 'take another name' },
    join: { argument: '#room [key]', about: 'enter a room' },
    leave: { argument: '', about: 'leave this room' },
    topic: { argument: 'text', about: 'set this room’s topic' },
    msg: { argument: 'name text', about: 'say something to one person' },
    invite: { argument: 'name', about: 'bring somebody into this room' },
    help: { argument: '', about: 'all commands' },
  },
  missing: (usage: string) => `Something is missing: ${usage}`,

  enter: 'The Enter key',
  enterSends: 'sends (Shift+Enter breaks the line)',
  enterBreaks: 'breaks the line (Ctrl+Enter or Cmd+Enter sends)',
  enterAbout: 'In this browser. While an input method is at work, Enter never sends; inside ``` it always breaks the line.',
};
