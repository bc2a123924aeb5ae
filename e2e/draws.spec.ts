import type { Page } from "@playwright/test";
import { openDevice, signInAs } from "./admin-desk";
import { dayIn, moveTo } from "./clock";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";

const say = wordsIn("zh-CN");

test.use({ viewport: phone, locale: "zh-CN" });
test.setTimeout(120_000);
test.afterEach(({ request }) => moveTo(request, 0));

// The draw of the demo shop: scripts/seed/draws.ts.
const wheel = "/draws/lucky-wheel";

/** A day is over once its seed was told, and other journeys move the clock too: these keep to days of their own. */
const FAR = 200;

/** Fills in the form of a new draw that is open: one prize, of 20 points, and a free spin a day. */
async function fillDraw(page: Page, slug: string, odds: string): Promise<void> {
  await signInAs(page, "owner", "/admin/draws/new");
  await page.getByLabel(say("adminDraws.form.name"), { exact: true }).first().fill("秋日抽奖");
  await page.getByLabel(say("adminDraws.form.slug"), { exact: true }).fill(slug);
  const first = prize(page);
  await first.getByLabel(say("adminDraws.form.prizeName"), { exact: true }).fill("20 积分");
  await first.getByLabel(say("adminDraws.form.points"), { exact: true }).fill("20");
  await first.getByLabel(say("adminDraws.form.odds")).fill(odds);
  await page.getByRole("radio", { name: say("adminDraws.form.statuses.active") }).check();
}

const prize = (page: Page) => page.getByRole("group", { name: say("adminDraws.form.prize", { number: 1 }) });
const create = (page: Page) => page.getByRole("button", { name: say("adminDraws.form.createBar.save") }).click();
const created = (page: Page) => expect(page.getByText(say("adminDraws.createdActive"))).toBeVisible();

test("a spin, its line in the history, and the proof that checks out in the browser when the day is over", async ({ page, shop, request, browser, baseURL }) => {
  await moveTo(request, FAR);
  const slug = `proof-${Date.now().toString(36)}`;
  const desk = await openDevice(browser, baseURL!);
  await fillDraw(desk.page, slug, "50");
  await create(desk.page);
  await created(desk.page);
  await desk.close();
  await shop.signUp(shop.aPerson());
  await page.goto(`/draws/${slug}`);
  const commitment = await page.locator("dd.font-mono").first().textContent();
  expect(commitment).toMatch(/^[0-9a-f]{64}$/);
  const history = page.getByRole("region", { name: say("draws.history") });
  await expect(history).toContainText(say("draws.historyEmpty"));

  await page.getByRole("button", { name: say("draws.spinFree") }).click();
  // It is there for two seconds and a half: who comes late finds the wheel standing.
  await page.getByRole("button", { name: say("draws.skip") }).click({ timeout: 5_000 }).catch(() => undefined);
  await expect(history.getByRole("listitem")).toHaveCount(1);
  const told = await history.getByRole("listitem").textContent();
  // The next one costs points, and says so before it is pressed.
  await expect(page.getByRole("button", { name: say("draws.spinPoints", { points: "100" }) })).toBeVisible();
  const number = /第 ([\d,]+) 号，点数 (\d{6})/.exec(told!)!;

  const today = dayIn(FAR);
  await page.goto(`/draws/${slug}/proof/${today}`);
  await expect(page.getByText(say("draws.proof.hiddenSeed"))).toBeVisible();
  await expect(page.getByRole("button", { name: say("draws.proof.verify") })).toHaveCount(0);

  await moveTo(request, FAR + 1);
  await page.goto(`/draws/${slug}/proof/${today}`);
  await expect(page.getByText(commitment!)).toBeVisible();
  await page.getByRole("button", { name: say("draws.proof.verify") }).click();
  await expect(page.getByText(say("draws.proof.verified", { count: 1 }))).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: number[2]! });
  await expect(row).toContainText(`✓ ${say("draws.proof.right")}`);
  await expect(row).toContainText(say("draws.proof.own"));
});

test("a guest sees the odds and is asked to sign in; without motion a spin is told at once, and who has too few points is told how many are missing", async ({ page, shop, request }) => {
  await moveTo(request, FAR + 10);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(wheel);
  await expect(page.getByRole("table")).toContainText("0.5%");
  await expect(page.getByRole("link", { name: say("draws.guestAction") })).toBeVisible();
  await shop.signUp(shop.aPerson());
  await page.goto(wheel);
  const spins = page.getByRole("region", { name: say("draws.history") }).getByRole("listitem");
  const button = page.locator("main form button");
  for (let spun = 1; spun <= 10 && (await button.isEnabled()); spun++) {
    await button.click();
    await expect(page.getByRole("status").filter({ hasText: /点数/ })).toBeVisible();
    await expect(spins).toHaveCount(spun);
  }
  await expect(button).toBeDisabled();
  await expect(page.getByText(/还差 [\d,]+ 积分就能抽一次|今天的次数用完了/)).toBeVisible();
});

test("staff makes a draw, is told when the odds are too high, and people see it", async ({ page, browser, baseURL }) => {
  await page.setViewportSize(desktop);
  const slug = `draw-${Date.now().toString(36)}`;
  await fillDraw(page, slug, "120");
  await create(page);
  await expect(prize(page).getByText(say("refusals.field_out_of_range"))).toBeVisible();
  await prize(page).getByLabel(say("adminDraws.form.odds")).fill("100");
  await create(page);
  await created(page);

  const lin = await openDevice(browser, baseURL!);
  await lin.page.goto(`/draws/${slug}`);
  await expect(lin.page.getByRole("table")).toContainText("100%");
  await lin.close();
});

test("what a spin gave stands in the wallet in the language of who reads it", async ({ page, shop, context, browser, baseURL }) => {
  const slug = `named-${Date.now().toString(36)}`;
  const desk = await openDevice(browser, baseURL!);
  await fillDraw(desk.page, slug, "100");
  await prize(desk.page).getByLabel(say("adminDraws.form.prizeNameEn"), { exact: true }).fill("20 points");
  await create(desk.page);
  await created(desk.page);
  await desk.close();
  await shop.signUp(shop.aPerson());
  await page.goto(`/draws/${slug}`);
  await page.getByRole("button", { name: say("draws.spinFree") }).click();
  await expect(page.getByRole("region", { name: say("draws.history") }).getByRole("listitem")).toHaveCount(1);
  await page.goto("/wallet");
  await expect(page.getByText(say("wallet.wonInDraw", { prize: "20 积分" }))).toBeVisible();
  await context.addCookies([{ name: "locale", value: "en", url: baseURL! }]);
  await page.goto("/wallet");
  await expect(page.getByText(wordsIn("en")("wallet.wonInDraw", { prize: "20 points" }))).toBeVisible();
});
