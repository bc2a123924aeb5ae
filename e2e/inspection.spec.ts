import { colourFindingsOn, findingsOn } from "../scripts/check-ui/page-check.mjs";
import { expect, phone, test } from "./fixtures";

test.use({ viewport: phone });

const GOOD = "<!doctype html><html lang='en'><head><title>A page</title></head><body><main><h1>A page</h1><p>Text.</p></main></body></html>";

test("a page as it must be has no findings", async ({ page }) => {
  await page.setContent(GOOD);
  expect(await findingsOn(page)).toEqual([]);
});

const faults = [
  ["too little contrast", "<p style='color:#ccc;background:#fff'>faint</p>", /^color-contrast/],
  ["a picture without words", "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' width='40' height='40'>", /^image-alt/],
  ["more width than the screen", "<div style='width:900px'>wide</div>", /^it scrolls sideways by \d+ px/],
  ["a target that is hard to hit", "<button style='width:20px;height:20px;padding:0'>+</button>", /^under 24 px: <button/],
  ["a main action that a thumb misses", "<button class='bg-primary' style='height:36px;width:90px'>Go on</button>", /^a main action under 44 px/],
  ["the key of a message", "<p>levels.how.title</p>", /^not a sentence: levels\.how\.title/],
  ["a place that nobody filled", "<p title='{points} points'>You have them</p>", /^not a sentence: \{points\}/],
] as const;

for (const [fault, html, finding] of faults) {
  test(`the inspection finds ${fault}`, async ({ page }) => {
    await page.setContent(GOOD.replace("<p>Text.</p>", html));
    expect(await findingsOn(page)).toEqual(expect.arrayContaining([expect.stringMatching(finding)]));
  });
}

test("the inspection finds what shifts by itself", async ({ page }) => {
  await page.setContent(GOOD);
  await page.evaluate(() => new Promise((shifted) => setTimeout(() => {
    document.querySelector("h1")!.insertAdjacentHTML("beforebegin", "<div style='height:300px'></div>");
    requestAnimationFrame(() => setTimeout(shifted, 50));
  }, 600)));
  expect(await findingsOn(page)).toEqual(expect.arrayContaining([expect.stringMatching(/^it shifts by/)]));
});

test("the inspection of another theme finds its contrast", async ({ page }) => {
  await page.setContent(GOOD.replace("<p>Text.</p>", "<style>[data-theme=dark] body { background: #111 } [data-theme=dark] p { color: #333 }</style><p>Text.</p>"));
  expect(await findingsOn(page)).toEqual([]);
  await page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
  expect(await colourFindingsOn(page)).toEqual([expect.stringMatching(/^color-contrast/)]);
});
