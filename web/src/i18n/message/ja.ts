import type { MessageWords } from './words';

export const ja: MessageWords = {
  menu: 'メッセージの操作',
  react: 'リアクションする',
  reactWith: (emoji) => `${emoji} でリアクション`,
  reply: '返信',
  thread: 'スレッドで返信',
  edit: '編集',
  copyText: 'テキストをコピー',
  copyLink: 'リンクをコピー',
  pin: 'ピン留めする',
  unpin: 'ピン留めを外す',
  delete: '削除',
  reportOrBlock: '報告・ブロック…',

  editing: 'メッセージを編集',
  editHint: 'Esc でキャンセル、Enter で保存',
  saveEdit: '保存',

  pickEmoji: '絵文字を選ぶ',
  searchEmoji: '絵文字を検索',
  noEmoji: '絵文字が見つかりません。',
  noEmojiCame: '絵文字の一覧を読み込めませんでした。もう一度お試しください。',
  recent: '最近使った絵文字',
  groups: {
    smileys: '顔と気持ち',
    people: '人',
    nature: '動物と自然',
    food: '食べ物と飲み物',
    travel: '旅行と場所',
    activities: 'アクティビティ',
    objects: 'もの',
    symbols: '記号',
    flags: '旗',
  },
  skinTone: '肌の色',
  tones: { none: '標準', light: '明るい', mediumLight: 'やや明るい', medium: '中間', mediumDark: 'やや濃い', dark: '濃い' },

  threadTitle: 'スレッド',
  threadIn: (room) => `${room} のスレッド`,
  olderReplies: '以前の返信を表示',
  noReplies: 'まだ返信はありません。',

  pins: 'ピン留めされたメッセージ',
  noPins: 'ピン留めはまだありません。あとで見返したいメッセージは、横の ⋯ からピン留めできます。',
  morePins: 'さらに古いものは長いため、ここには表示されません。',
  jump: 'メッセージへ移動',
};
