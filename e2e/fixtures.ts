import { expect, test as base, type APIRequestContext, type Page } from "@playwright/test";
import { demoAccounts } from "../scripts/lib/demo-accounts.mjs";
import { patient } from "./patience";
import { wordsIn, type Language } from "./words";

export { expect } from "@playwright/test";

export const phone = { width: 375, height: 812 };
export const desktop = { width: 1440, height: 900 };

export type Person = { name: string; email: string; password: string };
export type Product = { slug: string; name: string };

type Shop = {
  /** Somebody who has never been here. */
  aPerson(): Person;
  /** Fills in the sign-up form as that person would, opens the link in the mail and presses its button. */
  signUp(person: Person): Promise<void>;
  /** Where the newest link of this kind leads that was sent to an address. */
  linkTo(email: string, template: MailTemplate): Promise<string>;
  /** What the merchant puts on sale for this test alone, through the merchants' API. */
  aProduct(of: { points: number; stock?: number }): Promise<Product>;
  speak(language: Language): Promise<void>;
};

export type MailTemplate = "verify_email" | "known_address" | "reset_password" | "change_email" | "email_changed" | "password_changed" | "account_erased" | "staff_invited";

type Fixtures = { shop: Shop; /** What the browser may complain about in this test. */ expectedErrors: RegExp[]; quiet: void };

let made = 0;
/** Different in every run and every test: tests share one shop. */
const unique = (): string => `${Date.now().toString(36)}${(made += 1)}`;

export const test = base.extend<Fixtures>({
  expectedErrors: async ({}, provide) => provide([]),

  page: async ({ page, javaScriptEnabled }, provide) => provide(javaScriptEnabled === false ? page : patient(page)),

  quiet: [
    async ({ page, expectedErrors }, provide) => {
      const errors: string[] = [];
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      page.on("pageerror", (error) => errors.push(String(error)));
      await provide();
      expect(errors.filter((error) => !expectedErrors.some((expected) => expected.test(error))), "the console stays empty").toEqual([]);
    },
    { auto: true },
  ],

  shop: async ({ page, request, baseURL }, provide) => {
    const speak = (language: Language) => page.context().addCookies([{ name: "locale", value: language, url: baseURL! }]);
    await provide({
      speak,
      aPerson: () => {
        const mark = unique();
        return { name: `Lin ${mark}`, email: `lin-${mark}@example.com`, password: `jade-${mark}-amber` };
      },
      signUp: async (person) => {
        await page.goto("/sign-up");
        await fillSignUp(page, person);
        await openMail(page, person.email);
        await page.waitForURL((url) => url.pathname === "/");
      },
      linkTo: (email, template) => linkTo(request, email, template),
      aProduct: async ({ points, stock = 5 }) => {
        const name = `Enamel pin ${unique()}`;
        const merchant = demoAccounts.find(({ role }) => role === "staff")!;
        const login = await request.post("/api/auth/login", { data: { email: merchant.email, password: merchant.password } });
        const { token } = (await login.json()) as { token: string };
        const added = await request.post("/api/products", { headers: { "x-auth-token": token }, data: { name, points_price: points, stock, is_points_only: true } });
        expect(added.ok(), await added.text()).toBe(true);
        const { slug } = (await added.json()) as { slug: string };
        return { slug, name };
      },
    });
  },
});

export async function fillSignUp(page: Page, person: Person): Promise<void> {
  await page.locator("#username").fill(person.name);
  await page.locator("#email").fill(person.email);
  await page.locator("#password").fill(person.password);
  await page.locator("main form button[type=submit]").click();
}

type Sent = { template: string; links: string[] };

/** The newest link of this kind that was sent to an address, as a path: the shop's own address may be another in its mail. */
export async function linkTo(request: APIRequestContext, email: string, template: MailTemplate): Promise<string> {
  let link: string | undefined;
  await expect(async () => {
    const reply = await request.get(`/dev/mail/json?to=${encodeURIComponent(email)}`);
    const sent = (await reply.json()) as Sent[];
    link = sent.find((mail) => mail.template === template)?.links.find((each) => each.includes("token="));
    expect(link, `a link in ${template} to ${email}`).toBeTruthy();
  }).toPass();
  const { pathname, search } = new URL(link!);
  return pathname + search;
}

/** Opens the link of a sign-up on this device and presses the page's one button. */
export async function openMail(page: Page, email: string): Promise<void> {
  await page.locator("#mail-sent").waitFor();
  await page.goto(await linkTo(page.request, email, "verify_email"));
  await page.locator("main form button[type=submit]").click();
}

export { wordsIn };
