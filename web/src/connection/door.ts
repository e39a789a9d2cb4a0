/** Who lets this page in where no session does: the app that it belongs to. */
export interface Door {
  /** A one-time ticket, as soon as there is one. Null: none is needed, or none will come. */
  ticket(): Promise<string | null>;
}
