import { expect, test } from "vitest";

import { MAIL_PROPS, type MailTemplate } from "@/lib/events/mail";
import { locales } from "@/lib/i18n";

import { composeMail, isMailTemplate } from "./compose";
import { mailScene } from "./scene";

const SHOP = "https://shop.example.com";
const EVIL = "<img src=x onerror=alert(1)>\r\nBcc: all@example.com";

const props: Record<MailTemplate, Record<string, unknown>> = {
  verify_email: { name: EVIL, link: "/verify-email?token=a&x=1" }, known_address: { name: EVIL, link: "/sign-in" }, reset_password: { name: EVIL, link: "/reset-password?token=a" },
  change_email: { name: EVIL, link: "/change-email?token=a" }, email_changed: { name: EVIL, newAddress: EVIL }, password_changed: { name: EVIL }, second_factor_changed: { name: EVIL, change: "code_used", left: 9 }, account_erased: { name: EVIL },
  points_expiring: { name: EVIL, points: 1_200, day: "2026-11-28", daysLeft: 7, link: "/wallet" }, level_changed: { name: EVIL, level: EVIL, isUp: false, link: "/levels" },
  order_status: { name: EVIL, orderId: "x", status: "shipped", product: EVIL, link: "/orders/x" }, staff_invited: { name: EVIL, role: EVIL, days: 7, link: "/invitation?token=a" }, test_mail: { name: EVIL }, books_alert: { name: EVIL, findings: 2, link: "/admin/books" },
  trail_alert: { name: EVIL, link: "/admin/audit" }, control_changed: { name: EVIL, by: EVIL, link: "/admin/settings/control" },
  stock_low: { name: EVIL, skus: 2, items: [{ name: EVIL, stock: 3 }, { name: EVIL, stock: 0 }], link: "/admin/products?stock=low" }, stock_back: { name: EVIL, product: EVIL, link: "/products/mug" },
};

const all = locales.flatMap((locale) => (Object.keys(MAIL_PROPS) as MailTemplate[]).map((template) => [template, locale] as const));

test.each(all)("%s in %s is whole: a subject of one line, text, HTML in which a name is inert, and links to the shop alone", async (template, locale) => {
  const { subject, html, text, links } = await composeMail(template, mailScene(locale, "Points Mall", SHOP), props[template]);
  expect(subject).toMatch(/^[^\p{Cc}]+$/u);
  expect(html).toContain(`lang="${locale}"`);
  expect(html).not.toContain("<img");
  expect(html).not.toMatch(/<script|javascript:|https?:\/\/(?!shop\.example\.com|www\.w3\.org)/);
  expect(text.length).toBeGreaterThan(20);
  expect(text).not.toMatch(/<\w+ style/);
  for (const link of links) {
    expect(link.startsWith(`${SHOP}/`)).toBe(true);
    expect(text).toContain(link);
  }
});

test("a link keeps its token, and what would lead to another host leads to the front page", () => {
  const { link } = mailScene("en", "Points Mall", SHOP);
  expect(link("/reset-password?token=a&x=1")).toBe(`${SHOP}/reset-password?token=a&x=1`);
  for (const path of ["//evil.example", "/\\evil.example", "https://evil.example/x", "javascript:alert(1)"]) expect(link(path)).toBe(`${SHOP}/`);
});

test("props of another template are refused, and no template is made of a name of JavaScript's", async () => {
  await expect(composeMail("points_expiring", mailScene("en", "Points Mall", SHOP), { name: "lin" })).rejects.toThrow();
  expect([isMailTemplate("__proto__"), isMailTemplate("constructor"), isMailTemplate("verify_email")]).toEqual([false, false, true]);
});
