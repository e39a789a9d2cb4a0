/** Hands bytes to the browser to be saved, under their name. */
export function save(bytes: Blob, name: string): void {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after this turn; a minute is enough even where it asks where to.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
