const YUAN = /^(\d{1,9})(?:\.(\d{1,2}))?$/;

/** "9.9" is 990 cents; NaN for what is not an amount of at most two decimals. Made of digits, never of a fraction. */
export function centsFromYuan(text: string): number {
  const match = YUAN.exec(text.trim().replace(/^¥/, "").replaceAll(",", ""));
  return match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : NaN;
}

/** 990 cents are "9.90". */
export const yuanFromCents = (cents: number): string => `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
