/** Every code that the protocol names. A newer server may use others: those are shown as unknown. */
export const errorCodes = [
  'bad_frame', 'unknown_op',
  'no_such_room', 'no_such_user', 'no_such_message', 'no_such_link', 'no_such_report', 'blocked',
  'not_a_member', 'already_member', 'forbidden', 'last_owner', 'archived',
  'bad_nick', 'nick_taken', 'bad_slug', 'slug_taken', 'bad_title', 'bad_topic', 'bad_body', 'body_too_large', 'bad_cid',
  'bad_emoji', 'bad_until', 'bad_days', 'bad_seconds', 'bad_uses', 'bad_reason', 'bad_query', 'too_many',
  'cid_conflict',
  'rate_limited', 'slow_mode', 'busy',
  'storage_full', 'storage_away', 'storage_failed',
  'login_required',
  'wrong_login', 'bad_password', 'bad_label', 'bad_invitation', 'signup_closed', 'no_such_credential',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

const passing: readonly string[] = ['busy', 'rate_limited', 'storage_full', 'storage_away'] satisfies ErrorCode[];

/** Milliseconds after which the same frame may be sent again, or null where the answer is final. */
export function retryDelay(error: { readonly code: string; readonly retryAfter?: number | undefined }): number | null {
  // Said where trying again makes sense, by newer servers for codes that this page does not know as well. `storage_failed` without it is a fault that stays.
  if (error.retryAfter !== undefined) return Math.max(error.retryAfter, 50);
  return passing.includes(error.code) ? 1000 : null;
}
