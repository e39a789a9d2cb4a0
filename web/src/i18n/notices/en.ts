/** Words about notifications: loaded with them. */
export const en = {
  offer: 'Shall this device tell you when somebody mentions you or writes to you?',
  turnOn: 'Turn on notifications',
  notNow: 'Not now',
  notifications: 'Notifications',
  about: 'Messages that name you and direct messages, while you look elsewhere. Each room can be set by itself, in its details.',
  isOn: 'Show notifications on this device',
  sound: 'With a sound',
  denied: 'The browser does not let this page show notifications. Allow them in its settings for this site, then come back here.',
  absent: 'Notifications need a secure connection (https, or this machine itself).',
  tellMe: 'Notify me',
  wishes: { all: 'of every message', mentions: 'when I am mentioned', none: 'of nothing' },
  title: (nick: string, room: string) => `${nick} – ${room}`,
};
