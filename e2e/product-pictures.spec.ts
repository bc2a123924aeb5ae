import type { Page } from "@playwright/test";
import sharp from "sharp";
import { addProduct, saveButton, signInAs } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";
import { tabTo } from "./keyboard";

const say = wordsIn("zh-CN");
const words = (key: string, values?: Record<string, string | number>): string => say(`admin.pictures.${key}` as Parameters<typeof say>[0], values);

const aPicture = async (name: string, background: string, width = 900) => ({
  name, mimeType: "image/png", buffer: await sharp({ create: { width, height: 700, channels: 3, background } }).png().toBuffer(),
});

const panel = (page: Page) => page.getByRole("form", { name: words("title") });
/** Those that are there; a file on its way stands in a list of its own. */
const uploaded = (page: Page) => panel(page).getByRole("listitem").filter({ has: page.getByRole("img") });

async function choose(page: Page, ...files: Awaited<ReturnType<typeof aPicture>>[]): Promise<void> {
  await panel(page).getByLabel(words("choose")).setInputFiles(files);
}

async function save(page: Page): Promise<void> {
  await panel(page).getByRole("button", { name: words("save") }).click();
  await expect(page.getByText(words("saved"))).toBeVisible();
  await expect(panel(page).getByText(words("unsaved"))).toBeHidden();
}

/** The colour of a picture as the browser shows it. */
const colourOf = (page: Page, selector: string): Promise<string> =>
  page.locator(selector).first().evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
    const context = canvas.getContext("2d")!;
    context.drawImage(image, 0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return red! > 200 ? "red" : blue! > 200 ? "blue" : green! > 100 ? "green" : "none";
  });

test.describe("pictures of a product", () => {
  test.use({ viewport: desktop, locale: "zh-CN" });

  test("are uploaded, put in order by keyboard and by hand, and shown in the shop in that order", async ({ page, shop }) => {
    const name = `Tin robot ${Date.now().toString(36)}`;
    await shop.speak("zh-CN");
    await signInAs(page, "staff");
    await addProduct(page, "zh-CN", { name, points: 70, stock: 4 });
    const admin = page.url();
    await expect(panel(page).getByText(words("empty"))).toBeVisible();
    await choose(page, await aPicture("red.png", "#ff0000"), await aPicture("blue.png", "#0000ff"));
    await expect(uploaded(page)).toHaveCount(2);
    await expect(panel(page).getByText(words("unsaved"))).toBeVisible();

    await uploaded(page).nth(1).getByLabel(words("alt"), { exact: true }).fill("蓝色的机器人");
    await page.getByRole("button", { name: words("earlier", { name: "蓝色的机器人" }) }).focus();
    await page.keyboard.press("Enter");
    await expect(uploaded(page).first().getByLabel(words("alt"), { exact: true })).toHaveValue("蓝色的机器人");
    await expect(panel(page).getByRole("status")).toHaveText(words("moved", { number: 1, count: 2 }));
    await expect(page.getByRole("button", { name: words("later", { name: "蓝色的机器人" }) })).toBeFocused();
    await choose(page, await aPicture("green.png", "#00aa00", 200));
    await expect(uploaded(page)).toHaveCount(3);
    await uploaded(page).nth(2).getByRole("img").dragTo(uploaded(page).nth(1));
    await expect(panel(page).getByRole("status")).toHaveText(words("moved", { number: 2, count: 3 }));
    await save(page);
    // What the pictures changed is no change of the form beside them.
    await page.locator("#nameEn").fill("Wind-up robot");
    await page.keyboard.press("Control+s");
    await expect(saveButton(page)).toBeHidden();
    await page.reload();
    await expect(uploaded(page)).toHaveCount(3);

    await page.goto(`/shop?q=${encodeURIComponent(name)}`);
    const card = page.locator("main a[href^='/products/']").filter({ hasText: name });
    expect(await colourOf(page, "a[href^='/products/'] img")).toBe("blue");
    await card.click();
    await expect(page.getByRole("img", { name: "蓝色的机器人" })).toBeVisible();
    expect([await colourOf(page, "#picture-1"), await colourOf(page, "#picture-2"), await colourOf(page, "#picture-3")]).toEqual(["blue", "green", "red"]);
    const third = page.getByRole("link", { name: say("product.gallery.show", { number: 3, count: 3 }) });
    await third.click();
    await expect(third).toHaveAttribute("aria-current", "true");
    await expect(page.locator("#picture-3")).toBeInViewport({ ratio: 0.9 });

    await page.goto(new URL(admin).pathname);
    for (let left = 3; left > 0; left--) await uploaded(page).first().getByRole("button", { name: new RegExp(`^${words("remove")}`) }).click();
    await save(page);
    await page.goto(`/shop?q=${encodeURIComponent(name)}`);
    await expect(page.locator("a[href^='/products/'] img").first()).toHaveAttribute("src", "/pictures/gift.svg");
  });

  test.describe("that cannot be used", () => {
    test.use({ expectedErrors: [/status of 400/] });

    test("are named with the reason, beside those that can", async ({ page }) => {
      await signInAs(page, "staff");
      await addProduct(page, "zh-CN", { name: `Tin robot ${Date.now().toString(36)}`, points: 70, stock: 4 });
      await choose(page, { name: "robot.png", mimeType: "image/png", buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>") }, await aPicture("red.png", "#ff0000"), { name: "huge.png", mimeType: "image/png", buffer: Buffer.alloc(10 * 1024 * 1024 + 1) });
      await expect(panel(page).getByRole("alert").filter({ hasText: "robot.png" })).toContainText(say("refusals.picture_unreadable"));
      await expect(panel(page).getByRole("alert").filter({ hasText: "huge.png" })).toContainText(words("tooLarge"));
      await expect(panel(page).getByRole("img")).toHaveCount(1);
      await panel(page).getByRole("button", { name: `${words("dismiss")}: robot.png` }).click();
      await expect(panel(page).getByText("robot.png")).toHaveCount(0);
    });
  });
});

test.describe("the gallery by keyboard", () => {
  test.use({ viewport: phone, locale: "zh-CN" });

  test("shows the picture whose small one is pressed", async ({ page }) => {
    await page.goto("/products/stoneware-mug");
    await tabTo(page, "a[href='#picture-2']");
    await page.keyboard.press("Enter");
    await expect(page.locator("#picture-2")).toBeInViewport({ ratio: 0.9 });
    await expect(page.locator("a[href='#picture-2']")).toHaveAttribute("aria-current", "true");
  });
});
