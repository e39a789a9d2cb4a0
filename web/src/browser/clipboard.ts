/** Browsers give no clipboard to plain-http addresses of a local network; the old way works there. False: the person copies it themselves. */
export async function copyText(text: string, field: HTMLInputElement | HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field.select();
    return document.execCommand('copy');
  }
}

/** Where nothing on the page holds the text. */
export async function copyPlain(text: string): Promise<boolean> {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  // Into what is on top: what lies under a modal dialog takes no selection.
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  const focused = document.activeElement as HTMLElement | null;
  try {
    return await copyText(text, field);
  } finally {
    field.remove();
    focused?.focus();
  }
}
