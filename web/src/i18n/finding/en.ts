import type { Act, Group } from '../../model/shortcuts';

const plurals = new Intl.PluralRules('en');
const count = (n: number, one: string, other: string) => `${n} ${plurals.select(n) === 'one' ? one : other}`;

const acts: Record<Act, string> = {
  switcher: 'Go to a room or a person',
  search: 'Search messages',
  mentions: 'Mentions',
  previousRoom: 'Previous room',
  nextRoom: 'Next room',
  previousUnread: 'Previous unread room',
  nextUnread: 'Next unread room',
  readRoom: 'Mark the room as read, and go to the newest',
  readAll: 'Mark all rooms as read',
  help: 'Keyboard shortcuts',
  settings: 'Settings',
};

const groups: Record<Group, string> = { finding: 'Finding your way', reading: 'Reading', page: 'The page' };

export const en = {
  switchTo: 'Go to a room or a person',
  switchHint: 'Room, title or name',
  places: 'Rooms and people',
  nothingSwitched: 'No room and nobody of this name.',
  placesFound: (n: number) => count(n, 'place', 'places'),
  person: 'Direct message',
  notJoined: 'Join and open',
  nickTyped: (nick: string) => `Write to ${nick}`,
  isOpen: 'open',

  search: 'Search messages',
  searchHint: 'Words, or “exact words”',
  scope: 'Where',
  everywhere: 'Everywhere',
  inRoom: (room: string) => `In ${room}`,
  results: 'Results',
  resultsFound: (n: number, more: boolean) => (more ? `${n}+ messages` : count(n, 'message', 'messages')),
  searching: 'Searching…',
  lookingBack: 'Looking further back…',
  goOn: 'Look further back',
  nothingYet: 'Nothing in what was searched so far.',
  nothingFound: 'Nothing found.',
  nothingHelp: [
    'Words are found from their beginning: “serv” finds “server”, “erver” does not.',
    'Several words must all be in one message, in any order. In quotes they stand side by side.',
    'In Japanese any piece of the text will do, and kanji and kana are told apart.',
  ],
  incomplete: 'The server is still building its index: there may be more than is shown.',
  again: 'Try again',
  lastQueries: 'Your last searches',
  forgetQueries: 'Clear',
  joinToRead: (room: string) => `Join ${room} and open`,
  inDirect: 'Direct message',

  help: 'Keyboard shortcuts',
  acts,
  groups,
  inList: 'In the list of rooms',
  listKeys: { move: 'Go through the list', letters: 'Go to the room that begins so', letter: 'Letters', menu: 'What can be done with a room' },

  copyLink: 'Copy link',
  copied: 'Copied',
  notCopied: 'This browser does not let it be copied',
  leave: 'Leave the room',
  leaveSure: 'Really leave?',

  filterRooms: 'Find a room',
  roomsFound: (n: number) => count(n, 'room', 'rooms'),
  noRoomFits: 'No room fits. Perhaps it is private, or still to be made.',
  keyOf: (room: string) => `Key of ${room}`,
  key: 'Key',
  keyHint: 'This room takes a key. Ask someone who is in it.',
};
