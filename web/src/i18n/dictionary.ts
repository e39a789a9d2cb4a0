import type { en } from './en';

export type Words<T> = T extends (...values: infer Values) => string ? (...values: Values) => string
  : T extends string ? string
  : { readonly [Key in keyof T]: Words<T[Key]> };

/** Exactly the keys of English: a language that misses one, or has one too many, does not compile. */
export type Dictionary = Words<typeof en>;
