import { expect, phone, test, wordsIn } from "./fixtures";

const say = wordsIn("en");

test.use({ viewport: phone, locale: "en" });

test("what is searched for is found as soon as it is on sale, and redeemed from where it was found", async ({ page, shop }) => {
  await shop.signUp(shop.aPerson());
  const pin = await shop.aProduct({ points: 60, stock: 3 });
  await page.goto("/shop");
  await page.getByRole("searchbox").fill(pin.name.toUpperCase());
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByRole("status").filter({ hasText: say("shop.results", { count: 1 }) })).toBeVisible();
  await page.getByRole("region", { name: say("shop.goods") }).getByRole("link", { name: pin.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: pin.name })).toBeVisible();
  await page.getByRole("button", { name: say("product.redeem"), exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: say("product.confirm"), exact: true }).click();
  await expect(page.getByText(say("orders.placedTitle"))).toBeVisible();
});

test("what I can afford leaves out what I cannot, and each condition is taken away by itself", async ({ page, shop }) => {
  await shop.signUp(shop.aPerson());
  const [within, beyond] = [await shop.aProduct({ points: 60 }), await shop.aProduct({ points: 5_000 })];
  const goods = page.getByRole("region", { name: say("shop.goods") });
  await page.goto("/shop?q=enamel+pin&sort=newest");
  await expect(goods.getByRole("link", { name: within.name })).toBeVisible();
  await expect(goods.getByRole("link", { name: beyond.name })).toBeVisible();

  await page.getByRole("navigation", { name: say("shop.only") }).getByRole("link", { name: say("shop.affordable") }).click();
  await expect(page).toHaveURL(/affordable=1/);
  await expect(goods.getByRole("link", { name: beyond.name })).toBeHidden();
  await expect(goods.getByRole("link", { name: within.name })).toBeVisible();

  await page.getByRole("link", { name: say("shop.remove", { filter: say("shop.affordable") }) }).click();
  await expect(goods.getByRole("link", { name: beyond.name })).toBeVisible();
  expect(new URL(page.url()).searchParams.get("affordable")).toBeNull();
  expect(new URL(page.url()).searchParams.get("q")).toBe("enamel pin");
});

test("a search that finds nothing says so, and shows what can be had instead", async ({ page, shop }) => {
  await shop.signUp(shop.aPerson());
  await page.goto("/shop?q=zqzqzq");
  await expect(page.getByRole("status").filter({ hasText: say("shop.results", { count: 0 }) })).toBeVisible();
  await expect(page.getByRole("heading", { name: say("shop.insteadAffordable") })).toBeVisible();
  await page.getByRole("link", { name: say("shop.clear") }).click();
  await expect(page).toHaveURL(/\/shop$/);
});
