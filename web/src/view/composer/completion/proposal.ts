import type { UserId } from '../../../wire/types';

/** What may be meant by what is being written. */
export interface Proposal {
  readonly key: string;
  /** Takes the place of sign and query. */
  readonly insert: string;
  readonly label: string;
  readonly note?: string | undefined;
  readonly picture: { readonly kind: 'person'; readonly id: UserId } | { readonly kind: 'sign'; readonly sign: string };
}

/** As many as are looked over at a glance. */
export const most = 8;
