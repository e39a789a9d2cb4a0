import favicon from '../favicon.svg';
import faviconUnread from '../favicon-unread.svg';

/** The number on the icon of the installed page, and a dot on the tab's. */
export function showBadge(count: number): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  const href = count > 0 ? faviconUnread : favicon;
  if (icon !== null && icon.getAttribute('href') !== href) icon.setAttribute('href', href);
  // https://www.w3.org/TR/badging/ – only where the page is installed, and not everywhere.
  void navigator.setAppBadge?.(count).catch(() => {});
}
