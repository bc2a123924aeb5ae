import { expect, test } from "vitest";

import { isSafeToKeep, MAIL_PROPS } from "@/lib/events/mail";
import en from "@/messages/en/adminOperations.json";
import zh from "@/messages/zh-CN/adminOperations.json";

test("every kind of mail has a name in the log, in both languages", () => {
  for (const words of [en, zh]) expect(Object.keys(MAIL_PROPS).filter((template) => !(template in words.mail.templates))).toEqual([]);
});

test("what a link signs in with is never kept after it was given up", () => {
  expect(["verify_email", "known_address", "reset_password", "change_email", "email_changed", "account_erased", "staff_invited", "__proto__", "unknown"].filter(isSafeToKeep)).toEqual([]);
});
