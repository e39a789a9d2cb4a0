import core from 'highlight.js/lib/core';
import type { LanguageFn } from 'highlight.js';
import { Tokens, type Token } from './tokens';

/**
 * UTF-16 code units of a block that is coloured at most. Some of these grammars take time by the square of what they read or worse, on the thread
 * that draws the page: so much takes any of them less than a tenth of a second.
 */
const most = 2_000;

type Load = () => Promise<{ readonly default: LanguageFn }>;

/** Each is a file of its own, fetched when somebody writes it. Markdown is not among them: its grammar takes the cube of `[a](` repeated. */
const languages: Readonly<Record<string, Load>> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  fsharp: () => import('highlight.js/lib/languages/fsharp'),
  go: () => import('highlight.js/lib/languages/go'),
  haskell: () => import('highlight.js/lib/languages/haskell'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  lua: () => import('highlight.js/lib/languages/lua'),
  php: () => import('highlight.js/lib/languages/php'),
  powershell: () => import('highlight.js/lib/languages/powershell'),
  python: () => import('highlight.js/lib/languages/python'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  scala: () => import('highlight.js/lib/languages/scala'),
  scss: () => import('highlight.js/lib/languages/scss'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

const aliases: Readonly<Record<string, string>> = {
  'c#': 'csharp', cs: 'csharp', 'c++': 'cpp', cc: 'cpp', h: 'c', hpp: 'cpp', 'f#': 'fsharp', fs: 'fsharp', docker: 'dockerfile', golang: 'go', hs: 'haskell', html: 'xml', svg: 'xml',
  toml: 'ini', js: 'javascript', jsx: 'javascript', mjs: 'javascript', jsonc: 'json', kt: 'kotlin', patch: 'diff', ps1: 'powershell', pwsh: 'powershell', py: 'python', rb: 'ruby',
  rs: 'rust', sh: 'bash', shell: 'bash', zsh: 'bash', ts: 'typescript', tsx: 'typescript', yml: 'yaml',
};

core.configure({ __emitter: Tokens } as unknown as Parameters<typeof core.configure>[0]);

/** Null: nobody here knows the language, there is too much of it, or its file did not come. */
export async function highlight(text: string, language: string): Promise<readonly Token[] | null> {
  if (text.length > most) return null;
  const name = aliases[language] ?? language;
  const load = Object.hasOwn(languages, name) ? languages[name] : undefined;
  if (load === undefined) return null;
  try {
    if (core.getLanguage(name) === undefined) core.registerLanguage(name, (await load()).default);
    const result = core.highlight(text, { language: name, ignoreIllegals: true }) as unknown as { readonly _emitter: Tokens };
    return result._emitter.tokens;
  } catch (error) {
    console.error(error);
    return null;
  }
}
