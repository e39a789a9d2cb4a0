import type { NoticeWords } from './words';

export const ja: NoticeWords = {
  offer: 'メンションやダイレクトメッセージが届いたとき、この端末でお知らせしますか？',
  turnOn: '通知をオンにする',
  notNow: 'あとで',
  notifications: '通知',
  about: 'ほかの画面を見ている間に届いた、自分へのメンションとダイレクトメッセージをお知らせします。ルームごとの設定は、ルームの詳細で変えられます。',
  isOn: 'この端末で通知を表示する',
  sound: '通知音を鳴らす',
  denied: 'ブラウザがこのページの通知を止めています。ブラウザのサイト設定で通知を許可してから、もう一度お試しください。',
  absent: '通知を使うには、安全な接続（https またはこの端末自身）が必要です。',
  tellMe: '通知',
  wishes: { all: 'すべてのメッセージ', mentions: 'メンションのみ', none: 'オフ' },
  title: (nick, room) => `${nick} – ${room}`,
};
