import type { Page } from "@playwright/test";
import { addProduct, openDevice, redeemProduct, signInAs } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";

const shortcut = "ControlOrMeta+k";

/** Opens the palette by its keys; before the page's script runs they do nothing. */
async function openPalette(page: Page, title: string): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(shortcut);
    await expect(page.getByRole("combobox", { name: title })).toBeFocused({ timeout: 1_000 });
  }).toPass();
}

for (const { language, viewport } of [{ language: "zh-CN", viewport: desktop }, { language: "en", viewport: phone }] as const) {
  test.describe(`in ${language} at ${viewport.width} px`, () => {
    test.use({ viewport, locale: language });
    const say = wordsIn(language);
    const title = say("adminFrame.palette.title");

    test.beforeEach(({ shop }) => shop.speak(language));

    test("a page is found by its name in either language and opened by keys alone", async ({ page }) => {
      await signInAs(page, "staff");
      for (const text of ["Orders", "订单"]) {
        await page.goto("/admin");
        await openPalette(page, title);
        const field = page.getByRole("combobox", { name: title });
        await field.fill(text);
        await expect(page.getByRole("option", { selected: true })).toHaveText(new RegExp(say("nav.adminPages.orders")));
        await expect(field).toHaveAttribute("aria-activedescendant", /page-orders$/);
        await page.keyboard.press("Enter");
        await page.waitForURL((url) => url.pathname === "/admin/orders");
        await expect(page.getByRole("dialog")).toBeHidden();
        await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
      }
    });

    test("arrows walk through the list and around its ends, Escape gives the focus back", async ({ page }) => {
      await signInAs(page, "staff");
      // The arrival itself moves the focus, to the heading.
      await page.waitForLoadState("networkidle");
      const opener = page.getByRole("button", { name: say("adminFrame.palette.open") });
      await expect(async () => {
        await opener.focus();
        await page.keyboard.press("Enter");
        await expect(page.getByRole("combobox", { name: title })).toBeVisible({ timeout: 1_000 });
      }).toPass();
      await expect(page.getByRole("listbox")).toBeVisible();
      const options = page.getByRole("option");
      await expect(options.first()).toHaveAttribute("aria-selected", "true");
      await page.keyboard.press("ArrowUp");
      await expect(options.last()).toHaveAttribute("aria-selected", "true");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toBeHidden();
      await expect(opener).toBeFocused();
    });

    test("nothing found is said, and `?` shows the shortcuts but not while somebody types", async ({ page }) => {
      await signInAs(page, "staff");
      await openPalette(page, title);
      await page.keyboard.insertText("zzzz-no-such-thing");
      await expect(page.getByText(say("adminFrame.palette.noneHint"))).toBeVisible();
      await page.keyboard.press("?");
      await expect(page.getByRole("heading", { name: say("adminFrame.palette.shortcuts.title") })).toBeHidden();
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await expect(page.getByRole("heading", { name: say("adminFrame.palette.shortcuts.title") })).toBeVisible();
      await page.getByLabel(say("adminFrame.palette.shortcuts.singleKeys")).uncheck();
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog")).toBeHidden();
    });
  });
}

test.describe("an order", () => {
  test.use({ viewport: desktop, locale: "zh-CN" });
  const say = wordsIn("zh-CN");

  test("is opened by its number: paste and Enter, and is among what was opened last on this device until the sign-out", async ({ page, shop, browser, baseURL }) => {
    const desk = await openDevice(browser, baseURL!);
    await signInAs(desk.page, "staff");
    const name = `Tin robot ${Date.now().toString(36)}`;
    await addProduct(desk.page, "zh-CN", { name, points: 30, stock: 5 });
    await shop.signUp(shop.aPerson());
    const orderId = await redeemProduct(page, name);
    const number = (await page.getByText(/^P\d{10,}$/).first().textContent())!;

    await desk.page.goto("/admin");
    await openPalette(desk.page, say("adminFrame.palette.title"));
    await desk.page.keyboard.insertText(number);
    await desk.page.keyboard.press("Enter");
    await desk.page.waitForURL(`**/admin/orders/${orderId}`);

    await openPalette(desk.page, say("adminFrame.palette.title"));
    await expect(desk.page.getByRole("group", { name: say("adminFrame.palette.sections.recent") }).getByRole("option", { name: number })).toBeVisible();
    await desk.page.keyboard.press("Escape");
    await desk.page.getByRole("button", { name: say("nav.signOut") }).click();
    await desk.page.waitForURL((url) => !url.pathname.startsWith("/admin"));
    expect(await desk.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("points-mall:palette:")))).toEqual([]);
    await desk.close();
  });

  test("is not found by who is no member of staff", async ({ page, shop }) => {
    await shop.signUp(shop.aPerson());
    const reply = await page.request.get("/admin/search?q=P2611210001");
    expect(reply.status()).toBe(403);
    await page.context().clearCookies();
    expect((await page.request.get("/admin/search?q=P2611210001")).status()).toBe(401);
  });
});
