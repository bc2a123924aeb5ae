import { expect, test as base, type Page } from "@playwright/test";
import { demoAccounts } from "../scripts/lib/demo-accounts.mjs";
import { wordsIn, type Language } from "./words";

export { expect } from "@playwright/test";

export const phone = { width: 375, height: 812 };
export const desktop = { width: 1440, height: 900 };

export type Person = { name: string; email: string; password: string };
export type Product = { slug: string; name: string };

type Shop = {
  /** Somebody who has never been here. */
  aPerson(): Person;
  /** Fills in the sign-up form as that person would. */
  signUp(person: Person): Promise<void>;
  /** What the merchant puts on sale for this test alone, through the merchants' API. */
  aProduct(of: { points: number; stock?: number }): Promise<Product>;
  speak(language: Language): Promise<void>;
};

type Fixtures = { shop: Shop; /** What the browser may complain about in this test. */ expectedErrors: RegExp[]; quiet: void };

let made = 0;
/** Different in every run and every test: tests share one shop. */
const unique = (): string => `${Date.now().toString(36)}${(made += 1)}`;

export const test = base.extend<Fixtures>({
  expectedErrors: async ({}, provide) => provide([]),

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
        await page.waitForURL((url) => url.pathname === "/");
      },
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

export { wordsIn };
