/** `ma***@mail.com`: enough to tell two people apart, too little to write to them. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  const name = email.slice(0, at);
  return `${name.slice(0, name.length > 2 ? 2 : 1)}***${email.slice(at)}`;
}

/** `李***` or `l***`: enough to ask whether it is them. */
export const maskName = (name: string): string => `${[...name][0] ?? ""}***`;
