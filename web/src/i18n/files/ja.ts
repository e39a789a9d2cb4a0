import type { FilesWords } from './words';

export const ja: FilesWords = {
  chosen: '添付するファイル',
  sending: (part) => `アップロード中… ${Math.floor(part * 100)}%`,
  progress: (name) => `${name} のアップロード`,
  retry: '再試行',
  remove: (name) => `${name} を取り消す`,
  tooLarge: (limit) => `大きすぎます（上限 ${limit}）`,
  unreadable: 'ファイルを読み込めませんでした。',
  quota: 'ファイルの保存容量がいっぱいです。不要なファイルを削除してください。',
  largePicture: '画像が大きすぎるため、ここでは表示できません。保存はできます。',
  previous: '前の画像',
  next: '次の画像',
  position: (at, all) => `${at} / ${all}`,
};
