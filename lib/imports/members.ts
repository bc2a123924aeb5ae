import { Email, ProfileInput, Username } from "@/lib/accounts/schema";

import { rowsOf, type Judged, type SheetRow } from "./sheet";

/** Rows of one file. */
export const MEMBER_ROWS_MAX = 5_000;

export const MEMBER_FAULTS = ["email_wrong", "name_wrong", "birthday_wrong", "language_wrong", "repeated"] as const;
export type MemberFault = (typeof MEMBER_FAULTS)[number];

export type Member = { email: string; username: string; birthday: string; locale: "zh-CN" | "en" };
export type JudgedMember = Judged<Member & { row: number }, MemberFault>;

const HEADINGS = {
  email: /^(邮箱|电子邮箱|邮件|e-?mail( address)?)$/i,
  name: /^(姓名|昵称|用户名|名称|name|user ?name|nickname)$/i,
  birthday: /^(生日|出生日期|birthday|birth ?date|date of birth)$/i,
  language: /^(语言|language|locale)$/i,
};

export const memberRows = (cells: readonly (readonly string[])[]) => rowsOf(cells, HEADINGS, ["email", "name"]);

/** Judges every row before anything is written. `known` are the addresses that somebody has. Of two rows for one address the first counts. */
export function judgeMembers(rows: readonly SheetRow<keyof typeof HEADINGS>[], known: ReadonlySet<string>): JudgedMember[] {
  const seen = new Set<string>();
  return rows.map(({ row, email, name, birthday, language }) => {
    const address = Email.safeParse(email);
    const username = Username.safeParse(name);
    const member = { row, email: address.data ?? email, username: username.data ?? name, birthday, locale: languageOf(language) ?? "zh-CN" } as const;
    const fault = (): MemberFault | null => {
      if (!address.success) return "email_wrong";
      if (seen.has(address.data)) return "repeated";
      if (!username.success) return "name_wrong";
      if (!ProfileInput.shape.birthday.safeParse(birthday).success) return "birthday_wrong";
      return languageOf(language) ? null : "language_wrong";
    };
    const wrong = fault();
    if (address.success) seen.add(address.data);
    return { ...member, verdict: wrong ?? (known.has(member.email) ? "known" : "new") };
  });
}

/** Addresses in a table, to look them up. */
export const emailsIn = (rows: readonly { email: string }[]): string[] => [...new Set(rows.flatMap(({ email }) => Email.safeParse(email).data ?? []))];

function languageOf(text: string): Member["locale"] | null {
  if (text === "" || /^(zh|zh-cn|中文|简体中文|chinese)$/i.test(text)) return "zh-CN";
  return /^(en|en-\w+|英文|英语|english)$/i.test(text) ? "en" : null;
}
