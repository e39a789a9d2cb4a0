import type { Accessor } from 'solid-js';
import { noticeWords, type NoticeWords } from '../i18n/notices/words';
import { useApp } from './context';

/** The words about notifications, in the page's language. */
export function useNoticeWords(): Accessor<NoticeWords> {
  const { language } = useApp();
  return () => noticeWords[language()];
}
