import type { Browser, Locator, Page } from "@playwright/test";
import { demoAccounts } from "../scripts/lib/demo-accounts.mjs";
import { expect, fillSignUp, openMail, type Person } from "./fixtures";
import { patient } from "./patience";
import { wordsIn, type Language } from "./words";

/** A device of its own: its cookies and its window. */
export type Device = { page: Page; close: () => Promise<void> };

export async function openDevice(browser: Browser, baseURL: string, language: Language = "zh-CN"): Promise<Device> {
  const context = await browser.newContext({ baseURL, locale: language, viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ name: "locale", value: language, url: baseURL }]);
  return { page: patient(await context.newPage()), close: () => context.close() };
}

export async function signIn(page: Page, { email, password }: Pick<Person, "email" | "password">, next: string): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.locator("#email").fill(email);
  await page.locator("#password").fill(password);
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL((url) => url.pathname === next);
}

export const signInAs = (page: Page, role: "staff" | "owner", next = "/admin"): Promise<void> => signIn(page, demoAccounts.find((account) => account.role === role)!, next);

export async function signUp(page: Page, person: Person): Promise<void> {
  await page.goto("/sign-up");
  await fillSignUp(page, person);
  await openMail(page, person.email);
  await page.waitForURL((url) => url.pathname === "/");
}

/** The bar's button, there while a form holds something unsaved: by its keys, for it has another name while it saves. */
export const saveButton = (page: Page): Locator => page.locator("[aria-keyshortcuts^='Control+S']");

/** Puts a product that is shipped on sale, as a merchant does it, and stays on its page. */
export async function addProduct(page: Page, language: Language, product: { name: string; points: number; stock: number }): Promise<void> {
  const say = wordsIn(language);
  await page.goto("/admin/products/new");
  await page.getByLabel(say("admin.productForm.name"), { exact: true }).fill(product.name);
  await page.getByRole("radio", { name: say("admin.productForm.statuses.active") }).check();
  await page.getByLabel(say("admin.productForm.sku.pointsPrice")).fill(String(product.points));
  await page.getByLabel(say("admin.productForm.sku.initialStock")).fill(String(product.stock));
  await page.getByRole("button", { name: say("admin.productForm.createBar.save") }).click();
  await expect(page.getByText(say("admin.products.createdActive"))).toBeVisible();
}

export const address = { recipient: "林溪", phone: "13800138000", region: "上海市 徐汇区", street: "复兴西路 199 弄 6 号", postcode: "200031" };

/** Redeems a product that is shipped, as a shopper does it, and returns the order's id. */
export async function redeemProduct(page: Page, name: string, quantity = 1): Promise<string> {
  const say = wordsIn("zh-CN");
  await page.goto(`/shop?q=${encodeURIComponent(name)}`);
  await page.getByRole("region", { name: say("shop.goods") }).getByRole("link", { name }).click();
  await page.getByRole("button", { name: say("product.redeem"), exact: true }).click();
  if (quantity > 1) await page.getByLabel(say("product.quantity"), { exact: true }).fill(String(quantity));
  for (const [field, value] of Object.entries(address)) await page.locator(`#address-${field}`).fill(value);
  await page.getByRole("dialog").getByRole("button", { name: say("product.confirm"), exact: true }).click();
  await page.waitForURL(/\/orders\/[\w-]{22}/);
  return new URL(page.url()).pathname.split("/").at(-1)!;
}

export { inspect } from "./walk";
