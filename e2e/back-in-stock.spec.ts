import { addProduct, openDevice, signIn, signInAs } from "./admin-desk";
import { expect, phone, test, wordsIn } from "./fixtures";

const say = wordsIn("zh-CN");

test.use({ viewport: phone, locale: "zh-CN" });

test("somebody waits for what is sold out, staff restocks it, and the notice leads back to it", async ({ page, shop, request, browser, baseURL }) => {
  const name = `Tin robot ${Date.now().toString(36)}`;
  const desk = await openDevice(browser, baseURL!);
  await signInAs(desk.page, "staff");
  await addProduct(desk.page, "zh-CN", { name, points: 70, stock: 0 });

  await shop.speak("zh-CN");
  const person = shop.aPerson();
  await shop.signUp(person);
  await page.context().clearCookies({ name: /session/ });
  await page.goto(`/shop?q=${encodeURIComponent(name)}`);
  await page.locator("main a[href^='/products/']").filter({ hasText: name }).click();
  await page.waitForURL("**/products/*");
  const product = new URL(page.url()).pathname;
  await page.getByRole("link", { name: say("product.watch.signIn") }).click();
  await page.waitForURL("**/sign-in?*");
  await signIn(page, person, product);

  const watch = page.getByRole("region", { name: say("product.watch.title") });
  await watch.getByRole("button", { name: say("product.watch.tell") }).click();
  await expect(watch.getByRole("status")).toHaveText(say("product.watch.watching"));
  await page.goto("/notifications/settings");
  await page.getByRole("button", { name: say("notifications.watches.removeOf", { name }) }).click();
  await expect(page.getByText(say("notifications.watches.empty"))).toBeVisible();
  await page.goto(product);
  await watch.getByRole("button", { name: say("product.watch.tell") }).click();
  await expect(watch.getByRole("status")).toHaveText(say("product.watch.watching"));

  const stock = desk.page.getByRole("region", { name: say("admin.stock.title"), exact: true });
  await stock.getByLabel(say("admin.stock.pieces")).fill("3");
  await stock.getByLabel(say("admin.stock.note")).fill("到货");
  await stock.getByRole("button", { name: say("admin.stock.submit") }).click();
  await expect(stock).toContainText(say("admin.stock.adjusted", { stock: 3 }));
  await desk.close();
  for (let run = 0; run < 2; run++) {
    const reply = await request.get("/api/cron/watch-stock", { headers: { authorization: `Bearer ${process.env.CRON_SECRET}` } });
    expect(reply.ok(), `watch-stock: ${reply.status()}`).toBe(true);
  }

  await page.goto("/notifications");
  const notice = page.getByRole("main").getByRole("listitem");
  await expect(notice).toHaveCount(1);
  await expect(notice).toContainText(say("notifications.notice.stock_back", { product: name }));
  await notice.getByRole("link").click();
  await page.waitForURL(`**${product}`);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(watch).toHaveCount(0);
  const sent = (await (await request.get(`/dev/mail/json?to=${encodeURIComponent(person.email)}`)).json()) as { template: string }[];
  expect(sent.filter(({ template }) => template === "stock_back")).toHaveLength(1);
});
