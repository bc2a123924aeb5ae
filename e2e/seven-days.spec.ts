import { moveTo } from "./clock";
import { expect, phone, test, wordsIn } from "./fixtures";

const say = wordsIn("zh-CN");

test.use({ viewport: phone, locale: "zh-CN" });
test.setTimeout(120_000);

test.afterEach(({ request }) => moveTo(request, 0));

test("seven days of check-in climb the ladder, end with a make-up card, and the eighth begins the next seven", async ({ page, shop, request }) => {
  await shop.signUp(shop.aPerson());
  const region = page.getByRole("region", { name: say("wallet.region") });
  const week = page.getByRole("region", { name: say("checkIn.title"), exact: true });
  // Registration and the first visit; each day then brings its visit and its step of the ladder.
  let balance = 110;
  for (const [index, points] of [20, 25, 30, 35, 40, 45, 50].entries()) {
    if (index > 0) {
      await moveTo(request, index);
      balance += 10;
    }
    await page.goto("/");
    await expect(week).toContainText(say("checkIn.streak", { days: index }));
    await expect(region).toContainText(String(balance));
    await page.getByRole("button", { name: say("checkIn.cta", { points: `+${points}` }) }).click();
    balance += points;
    await expect(page.getByText(say("checkIn.succeeded", { points, days: index + 1 }))).toBeAttached();
    await expect(region).toContainText(String(balance));
    await expect(region).toContainText(say("checkIn.done"));
    await expect(week).toContainText(say("checkIn.streak", { days: index + 1 }));
  }
  await expect(page.getByText(say("checkIn.gift.make_up_card", { count: 1 }))).toBeAttached();

  await page.goto("/check-in");
  await expect(page.getByRole("region", { name: say("checkIn.cards.title") })).toContainText(say("checkIn.cards.held", { count: 1 }));
  await moveTo(request, 7);
  await page.goto("/");
  await expect(page.getByRole("button", { name: say("checkIn.cta", { points: "+20" }) })).toBeVisible();
});

test("a day without a check-in starts the streak again, and the clock set back gives nothing", async ({ page, shop, request }) => {
  await shop.signUp(shop.aPerson());
  const week = page.getByRole("region", { name: say("checkIn.title"), exact: true });
  await page.getByRole("button", { name: say("checkIn.cta", { points: "+20" }) }).click();
  await expect(page.getByText(say("checkIn.succeeded", { points: 20, days: 1 }))).toBeAttached();
  await expect(week).toContainText(say("checkIn.streak", { days: 1 }));
  await moveTo(request, 2);
  await page.goto("/");
  await expect(week).toContainText(say("checkIn.streak", { days: 0 }));
  await page.getByRole("button", { name: say("checkIn.cta", { points: "+20" }) }).click();
  await expect(page.getByText(say("checkIn.succeeded", { points: 20, days: 1 }))).toBeAttached();
  await moveTo(request, 1);
  await page.goto("/");
  await expect(page.getByRole("region", { name: say("wallet.region") })).toContainText(say("checkIn.done"));
});
