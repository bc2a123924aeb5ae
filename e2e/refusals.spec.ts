import { expect, fillSignUp, openMail, phone, test, wordsIn } from "./fixtures";
import { patient } from "./patience";

const say = wordsIn("zh-CN");

test.use({ viewport: phone, locale: "zh-CN" });

test("someone with too few points is told how many are missing, and cannot confirm", async ({ page, shop }) => {
  const product = await shop.aProduct({ points: 500 });
  await shop.signUp(shop.aPerson());
  await page.goto(`/products/${product.slug}`);
  await expect(page.getByText(say("product.meterMissing", { balance: "110", points: "390" }))).toBeVisible();
  await page.getByRole("button", { name: say("product.redeem"), exact: true }).click();
  await expect(page.getByRole("dialog").getByRole("button", { name: say("product.missing", { points: "390" }) })).toBeDisabled();
});

test("what is sold out says so, and offers no way to redeem it", async ({ page, shop }) => {
  await shop.signUp(shop.aPerson());
  await page.goto("/products/gift-box");
  await expect(page.getByRole("button", { name: say("product.obstacles.soldOut") })).toBeDisabled();
});

test("the last piece, taken by somebody else while the sheet was open, is refused with the reason", async ({ page, shop, browser, baseURL }) => {
  const product = await shop.aProduct({ points: 60, stock: 1 });
  await shop.signUp(shop.aPerson());
  await page.goto(`/products/${product.slug}?redeem=1`);

  const other = await browser.newContext({ baseURL, locale: "zh-CN" });
  const theirs = patient(await other.newPage());
  const rival = shop.aPerson();
  await theirs.goto(`/sign-up?next=/products/${product.slug}%3Fredeem%3D1`);
  await fillSignUp(theirs, rival);
  await openMail(theirs, rival.email);
  await theirs.getByRole("dialog").getByRole("button", { name: say("product.confirm"), exact: true }).click();
  await expect(theirs.getByText(say("orders.placedTitle"))).toBeVisible();
  await other.close();

  await page.getByRole("dialog").getByRole("button", { name: say("product.confirm"), exact: true }).click();
  await expect(page.getByText(say("product.obstacles.soldOut")).first()).toBeVisible();
});

test.describe("when the server fails", () => {
  test.use({ expectedErrors: [/Failed to load resource/] });

  test("a check-in that got no answer is taken back, and says so", async ({ page, shop }) => {
    await shop.signUp(shop.aPerson());
    await page.route("/", (route) => (route.request().method() === "POST" ? route.fulfill({ status: 500, body: "" }) : route.continue()));
    await page.getByRole("button", { name: say("checkIn.cta", { points: "+20" }) }).click();
    await expect(page.getByRole("alert").filter({ hasText: say("errors.noAnswer") })).toBeVisible();
    await expect(page.getByRole("region", { name: say("wallet.region") })).toContainText("110");
    await page.unroute("/");
    await page.getByRole("button", { name: say("checkIn.cta", { points: "+20" }) }).click();
    await expect(page.getByRole("region", { name: say("wallet.region") })).toContainText("130");
  });
});
