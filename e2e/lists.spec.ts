import { readFile } from "node:fs/promises";

import { addProduct, signInAs } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";
import { tabTo } from "./keyboard";

const say = wordsIn("zh-CN");

test.use({ viewport: desktop, locale: "zh-CN" });

const chip = (name: string, value: string): string => say("admin.list.removeFilter", { filter: say("admin.list.filterChip", { name, value }) });

test("a filter, an order and columns are kept as a view, and the view brings them back", async ({ page }) => {
  const name = `视图 ${Date.now().toString(36)}`;
  await signInAs(page, "staff", "/admin/orders");
  await page.getByText(say("admin.orders.columns.delivery"), { exact: true }).first().click();
  await page.getByRole("link", { name: say("adminFulfilment.delivery.shipped"), exact: true }).click();
  await expect(page.getByRole("link", { name: chip(say("admin.orders.columns.delivery"), say("adminFulfilment.delivery.shipped")) })).toBeVisible();
  await page.getByRole("columnheader", { name: say("admin.orders.columns.points") }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: say("admin.orders.columns.points") })).toHaveAttribute("aria-sort", "descending");
  await page.getByText(say("admin.list.columns"), { exact: true }).click();
  await page.getByRole("checkbox", { name: say("admin.orders.columns.cash") }).uncheck();
  await page.getByRole("form", { name: say("admin.list.columns") }).getByRole("button", { name: say("admin.list.apply") }).click();
  await expect(page.getByRole("columnheader", { name: say("admin.orders.columns.cash") })).toHaveCount(0);

  await page.getByText(say("admin.list.saveView"), { exact: true }).click();
  await page.locator("#view-name").fill(name);
  await page.locator("#view-name").press("Enter");
  await expect(page).toHaveURL(/[?&]v=\d+/);
  await page.goto("/admin/orders");
  await page.reload();
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page).toHaveURL(/delivery=shipped/);
  await expect(page).toHaveURL(/sort=-points/);
  await expect(page.getByRole("columnheader", { name: say("admin.orders.columns.cash") })).toHaveCount(0);
  await expect(page.getByRole("link", { name, exact: true })).toHaveAttribute("aria-current", "true");

  await page.getByText(say("admin.list.viewOptions"), { exact: true }).click();
  await page.getByRole("button", { name: say("admin.list.viewDelete") }).click();
  await expect(page.getByRole("link", { name, exact: true })).toHaveCount(0);
});

test("an address that makes no sense shows the list", async ({ page }) => {
  await signInAs(page, "staff", "/admin/orders");
  await page.goto("/admin/orders?status=gone&sort=secret&cols=__proto__&page=-3&v=999999&from=2026-02-30&delivery[]=x");
  await expect(page.getByRole("table").getByRole("row").nth(1)).toBeVisible();
});

test("rows are chosen and worked on by keyboard alone", async ({ page }) => {
  const mark = `Tin box ${Date.now().toString(36)}`;
  await signInAs(page, "staff");
  for (const part of ["A", "B", "C"]) await addProduct(page, "zh-CN", { name: `${mark} ${part}`, points: 60, stock: 3 });
  await page.goto(`/admin/products?q=${encodeURIComponent(mark)}`);
  await expect(page.getByRole("checkbox", { name: say("admin.list.selectAll") })).toBeVisible();
  await tabTo(page, "input[data-all]");
  await page.keyboard.press("Space");
  const bar = page.getByRole("group", { name: say("adminBulk.bar.bar") });
  await expect(bar).toContainText(say("adminBulk.bar.chosen", { count: "3" }));
  await tabTo(page, `[role=group][aria-label='${say("adminBulk.bar.bar")}'] button`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog");
  await expect(sheet).toContainText(say("adminBulk.operations.products_archive.hint"));
  await tabTo(page, "dialog button[type=submit]");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: say("adminBulk.doneAll", { done: 3 }) })).toBeVisible();
  await expect(bar).toBeHidden();
  await expect(page.getByRole("table").getByText(say("admin.productStatus.archived"))).toHaveCount(3);
});

test("what cannot be done to a row is told on the run's page, and in a file", async ({ page }) => {
  await signInAs(page, "staff", "/admin/orders");
  await page.goto("/admin/orders?status=completed");
  await page.locator("input[data-all]").check();
  const bar = page.getByRole("group", { name: say("adminBulk.bar.bar") });
  await bar.getByRole("button", { name: say("adminBulk.operations.orders_cancel.label") }).click();
  await page.locator("#bulk-reason").fill("two of the same");
  await page.getByRole("dialog").getByRole("button", { name: say("adminBulk.bar.run") }).click();
  await page.waitForURL(/\/admin\/bulk\/[\w-]{22}/);
  await expect(page.getByText(say("refusals.order_not_cancellable")).first()).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: say("adminBulk.failuresFile") }).click()]);
  const lines = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
  expect(lines[0]).toContain(say("adminBulk.file.reason"));
  expect(lines.length).toBeGreaterThan(1);
});

test("all that match are done, beyond the page that is shown, and the run stays to be looked at", async ({ page }) => {
  await signInAs(page, "staff", "/admin/products");
  await page.goto("/admin/products?status=active");
  await page.locator("input[data-all]").check();
  const bar = page.getByRole("group", { name: say("adminBulk.bar.bar") });
  const whole = bar.getByRole("button").first();
  const total = Number(/\d+/.exec((await whole.textContent()) ?? "")?.[0]);
  expect(total).toBeGreaterThan(20);
  await whole.click();
  await expect(bar).toContainText(say("adminBulk.bar.allMatching", { count: String(total) }));
  await bar.getByRole("button", { name: say("adminBulk.operations.products_publish.label") }).click();
  await page.getByRole("dialog").getByRole("button", { name: say("adminBulk.bar.run") }).click();
  await expect(page.getByRole("status").filter({ hasText: say("adminBulk.doneAll", { done: total }) })).toBeVisible({ timeout: 30_000 });
  await page.goto("/admin/bulk");
  await page.getByRole("link", { name: say("adminBulk.operations.products_publish.label") }).first().click();
  await expect(page.getByText(say("adminBulk.allDone"))).toBeVisible();
});

test("a list is had as a file with headings, in the columns that are shown", async ({ page }) => {
  await signInAs(page, "staff", "/admin/products");
  await page.goto("/admin/products?cols=name,stock&sort=-stock");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: say("admin.list.export"), exact: true }).click()]);
  const text = await readFile(await download.path(), "utf8");
  expect(text.startsWith("\uFEFF")).toBe(true);
  expect(text.split("\r\n")[0]).toContain(say("admin.products.columns.stock"));
  expect(text.split("\r\n")[0]).not.toContain(say("admin.products.columns.redeemed"));
});

test("reviews of some stars, the oldest first, are had as a file with all that they say", async ({ page }) => {
  const stars = say("adminReviews.ratingOf", { rating: 5 });
  const written = page.getByRole("columnheader", { name: say("adminReviews.columns.written") });
  await signInAs(page, "staff", "/admin/reviews");
  await page.getByText(say("adminReviews.rating"), { exact: true }).click();
  await page.getByRole("link", { name: stars, exact: true }).click();
  await expect(page.getByRole("link", { name: chip(say("adminReviews.rating"), stars) })).toBeVisible();
  await written.getByRole("link").click();
  await expect(written).toHaveAttribute("aria-sort", "ascending");
  const words = await page.getByRole("table").getByRole("row").nth(1).getByRole("link").first().textContent();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: say("admin.list.export"), exact: true }).click()]);
  const text = await readFile(await download.path(), "utf8");
  expect(text.split("\r\n")[0]).toContain(say("adminReviews.rating"));
  expect(text.split("\r\n")[1]).toContain(words!);
});

test("on a phone the rows are cards that can be chosen, without sideways scroll", async ({ page }) => {
  await page.setViewportSize(phone);
  await signInAs(page, "staff", "/admin/orders");
  await page.locator("input[data-row]").first().check();
  await expect(page.getByRole("group", { name: say("adminBulk.bar.bar") })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});
