import type { WritingWords } from './words';

export const ja: WritingWords = {
  kinds: { person: 'メンバー', room: 'ルーム', emoji: '絵文字', command: 'コマンド' },
  proposed: (n) => `候補 ${n} 件。上下キーで選び、Enter で入力します。`,
  everyone: 'ルームの全員に通知',
  commands: {
    me: { argument: '動作', about: '自分の動作を伝える' },
    nick: { argument: '名前', about: '名前を変える' },
    join: { argument: '#ルーム [参加キー]', about: 'ルームに参加する' },
    leave: { argument: '', about: 'このルームを退出する' },
    topic: { argument: 'トピック', about: 'このルームのトピックを設定する' },
    msg: { argument: '名前 メッセージ', about: 'ダイレクトメッセージを送る' },
    invite: { argument: '名前', about: 'このルームに招待する' },
    help: { argument: '', about: 'コマンド一覧' },
  },
  missing: (usage) => `入力が足りません：${usage}`,

  enter: 'Enter キー',
  enterSends: '送信（Shift+Enter で改行）',
  enterBreaks: '改行（Ctrl+Enter または ⌘+Enter で送信）',
  enterAbout: 'このブラウザーでの設定です。日本語の変換中に送信されることはありません。``` の中では常に改行します。',
};
