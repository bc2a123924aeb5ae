/** A pick-up code is eight random digits and one that checks them, so that a slip of the finger names no other order. */
const DIGITS = 8;

/** Damm's table: it finds every single wrong digit and every two that changed places. */
const DAMM = ["0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"];

const checkDigit = (digits: string): string => String([...digits].reduce((at, digit) => Number(DAMM[at]![Number(digit)]), 0));

/** The bytes that a code is made of. */
export const PICKUP_CODE_BYTES = 6;

/** A code from random bytes; every one of the hundred million is equally likely, but for one part in a million. */
export function pickupCodeFrom(bytes: Uint8Array): string {
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0) % 10 ** DIGITS;
  const digits = String(number).padStart(DIGITS, "0");
  return digits + checkDigit(digits);
}

/** What somebody typed or a camera read, without the spaces of how it is shown; null when it cannot be a code. */
export function readPickupCode(text: string): string | null {
  const digits = text.normalize("NFKC").replace(/[\s-]/g, "");
  return /^\d{9}$/.test(digits) && checkDigit(digits.slice(0, DIGITS)) === digits[DIGITS] ? digits : null;
}

/** As it is read aloud: three groups of three. */
export const spelledPickupCode = (code: string): string => code.replace(/(\d{3})(?=\d)/g, "$1 ");
