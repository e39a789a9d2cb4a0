import { byteLength } from '../model/body';

/** Bytes of UTF-8, as the server asks for them: NIST SP 800-63B's 8 characters at least. */
export const minPassword = 8;

/** From here on guessing is nobody's way in, even if every hash were stolen: three or four words, 15 characters as NIST SP 800-63B-4 asks for. */
const long = 15;

export type PasswordLength = 'none' | 'short' | 'enough' | 'good';

/** How strong a password is, as far as its length says: rules about digits and signs make people write worse ones. */
export function judgeLength(password: string): PasswordLength {
  if (password === '') return 'none';
  if (byteLength(password) < minPassword) return 'short';
  // Characters: a kanji is three bytes, and is not typed three times.
  return [...password].length < long ? 'enough' : 'good';
}
