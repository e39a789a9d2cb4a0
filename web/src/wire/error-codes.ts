/** Every code that the protocol names. A newer server may use others: those are shown as unknown. */
export const errorCodes = [
  'bad_frame', 'unknown_op',
  'no_such_room', 'no_such_user', 'no_such_message', 'no_such_link', 'no_such_report', 'no_such_file', 'blocked',
  'not_a_member', 'already_member', 'invite_only', 'wrong_key', 'room_full', 'forbidden', 'last_owner', 'archived',
  'bad_nick', 'nick_taken', 'bad_slug', 'slug_taken', 'bad_title', 'bad_topic', 'bad_body', 'body_too_large', 'bad_cid',
  'bad_emoji', 'bad_until', 'bad_days', 'bad_seconds', 'bad_capacity', 'bad_key', 'bad_pattern', 'bad_uses', 'bad_reason', 'bad_query', 'too_many',
  'cid_conflict',
  'rate_limited', 'slow_mode', 'busy',
  'storage_full', 'storage_away', 'storage_failed',
  'login_required',
  'wrong_login', 'bad_password', 'bad_label', 'bad_invitation', 'signup_closed', 'no_such_credential',
  'bad_passkey', 'no_passkeys_here',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

const passing: readonly string[] = ['busy', 'rate_limited', 'storage_full', 'storage_away'] satisfies ErrorCode[];

/** What passes is waited out as long as somebody still means what they wrote, in milliseconds; beyond that they are asked. */
const patience = 60_000;

/** A connection that is too fast waits for moments. Longer is what one may do so many times an hour: somebody is told, and not left waiting. */
const patienceAtPace = 10_000;

/** Milliseconds after which the same frame is sent again by itself, or null where the answer is final. */
export function retryDelay(error: { readonly code: string; readonly retryAfter?: number | undefined }): number | null {
  if ((error.retryAfter ?? 0) > (error.code === 'rate_limited' ? patienceAtPace : patience)) return null;
  // Said where trying again makes sense, by newer servers for codes that this page does not know as well. `storage_failed` without it is a fault that stays.
  if (error.retryAfter !== undefined) return Math.max(error.retryAfter, 50);
  return passing.includes(error.code) ? 1000 : null;
}
