/** Whether the keyboard at hand has ⌘. There is nothing better to ask: `userAgentData` is Chromium's alone. */
export const isApple = /Mac|iPhone|iPad/u.test(navigator.platform);
