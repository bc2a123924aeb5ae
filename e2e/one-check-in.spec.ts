import { expect, phone, test, wordsIn } from "./fixtures";
import { patient } from "./patience";

const say = wordsIn("zh-CN");

test.use({ viewport: phone, locale: "zh-CN" });

test("a double tap, in two tabs at once, is one check-in", async ({ page, shop, context }) => {
  await shop.signUp(shop.aPerson());
  const second = patient(await context.newPage());
  await second.goto("/");
  const cta = say("checkIn.cta", { points: "+20" });
  // Both pages are ahead of the server: the ledger is asked when both have had their answer.
  const answers = [page, second].map((each) => each.waitForResponse((reply) => reply.request().method() === "POST"));
  await Promise.all([page.getByRole("button", { name: cta }).dblclick(), second.getByRole("button", { name: cta }).dblclick()]);
  await expect(page.getByRole("region", { name: say("wallet.region") })).toContainText(say("checkIn.done"));
  await expect(second.getByRole("region", { name: say("wallet.region") })).toContainText(say("checkIn.done"));
  await Promise.all(answers);
  await page.goto("/wallet");
  await expect(page.getByRole("region", { name: say("wallet.region") })).toContainText("130");
  await expect(page.getByRole("region", { name: say("wallet.ledger") }).locator("section > ul > li").filter({ hasText: say("wallet.earned.checkin") })).toHaveCount(1);
});

test("the tap shows its effect at once, before the server has answered", async ({ page, shop }) => {
  await shop.signUp(shop.aPerson());
  await page.route("/", async (route) => {
    if (route.request().method() === "POST") await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await page.getByRole("button", { name: say("checkIn.cta", { points: "+20" }) }).click();
  await expect(page.getByRole("region", { name: say("wallet.region") })).toContainText("130", { timeout: 1_000 });
});
