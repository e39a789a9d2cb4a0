/** What stands in a field, and what of it is selected: offsets in UTF-16 code units. */
export interface Field {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Replaces `from` to `to`; then `start` to `end` are selected. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly start: number;
  readonly end: number;
}
