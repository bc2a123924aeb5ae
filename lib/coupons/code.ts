/** Letters and digits that are not taken for one another on paper: Crockford's, without I, L, O and U. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** The alphabet over which ISO 7064 MOD 37,36 reckons. */
const ISO_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const MODULUS = ISO_LETTERS.length;

const PAYLOAD_LENGTH = 11;
/** Random bytes of one code: 55 of their bits are in it. */
export const CODE_BYTES = PAYLOAD_LENGTH;
export const CODE_LENGTH = PAYLOAD_LENGTH + 1;

/** A code of these random bytes: eleven letters and their check letter. */
export function codeFrom(bytes: Uint8Array): string {
  const digits = [...bytes.subarray(0, PAYLOAD_LENGTH)].map((byte) => byte % LETTERS.length);
  for (;;) {
    const payload = digits.map((digit) => LETTERS[digit]).join("");
    const check = checkLetter(payload);
    // The check letter is one of 36: where it is one that people misread, the next payload is taken.
    if (LETTERS.includes(check)) return payload + check;
    digits[PAYLOAD_LENGTH - 1] = (digits[PAYLOAD_LENGTH - 1]! + 1) % LETTERS.length;
  }
}

/** The check letter of ISO 7064 MOD 37,36: it finds every single wrong letter, and nearly all swapped neighbours. */
export function checkLetter(payload: string): string {
  let product = MODULUS;
  for (const letter of payload) product = (((product + ISO_LETTERS.indexOf(letter)) % MODULUS || MODULUS) * 2) % (MODULUS + 1);
  return ISO_LETTERS[(MODULUS + 1 - product) % MODULUS]!;
}

/** What somebody typed as it is stored: whatever the case, the width and what separates its groups, and with the letters that were meant. Null when it is no code. */
export function readCode(typed: string): string | null {
  const letters = typed.normalize("NFKC").toUpperCase().replace(/[\s\p{Pd}_.·]/gu, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  if (letters.length !== CODE_LENGTH || [...letters].some((letter) => !LETTERS.includes(letter))) return null;
  return checkLetter(letters.slice(0, PAYLOAD_LENGTH)) === letters.at(-1) ? letters : null;
}

/** A code in the groups in which it is printed. */
export const printCode = (code: string): string => code.replace(/(.{4})(?=.)/g, "$1-");
