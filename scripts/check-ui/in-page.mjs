/** What is looked at inside a page. Each function is sent to the browser by itself: it uses nothing from around it. */

/** How far the page can be scrolled sideways, in pixels. */
export function sidewaysPx() {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}

/**
 * What can be pressed and is smaller than it should be; what is hidden until it is focused does not count.
 * @param {{ selector: string, widthPx: number, heightPx: number }} wanted
 */
export function smallTargets({ selector, widthPx, heightPx }) {
  return [...document.querySelectorAll(selector)]
    .filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1 && (width < widthPx - 0.01 || height < heightPx - 0.01);
    })
    .map((element) => element.outerHTML.slice(0, 120));
}

/**
 * Words that should have been replaced by a sentence: keys of messages, and places that nobody filled.
 * @param {readonly string[]} namespaces
 */
export function rawWords(namespaces) {
  const key = new RegExp(`(?<![\\w@./-])(?:${namespaces.join("|")})(?:\\.[a-zA-Z]\\w*)+(?![\\w@/-])`, "g");
  const place = /\{[a-z]\w*(?:, ?(?:number|plural|select)[^}]*)?\}/g;
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement?.closest("script, style, template, code, pre, textarea, option, [data-verbatim]")) texts.push(node.textContent);
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
    for (const name of ["aria-label", "title", "placeholder", "alt"]) texts.push(element.getAttribute(name) ?? "");
  }
  return [...new Set(texts.flatMap((text) => [...(text.match(key) ?? []), ...(text.match(place) ?? [])]))];
}

/** Cumulative layout shift: the worst session window, as https://web.dev/articles/cls defines it. */
export async function layoutShift() {
  const shifts = await new Promise((settle) => {
    const seen = [];
    const observer = new PerformanceObserver((list) => seen.push(...list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    setTimeout(() => {
      observer.disconnect();
      settle(seen.filter(({ hadRecentInput }) => !hadRecentInput));
    }, 50);
  });
  let [worst, sum, first, last] = [0, 0, -Infinity, -Infinity];
  for (const { startTime, value } of shifts) {
    const isNewWindow = startTime - last > 1_000 || startTime - first > 5_000;
    if (isNewWindow) [sum, first] = [0, startTime];
    [sum, last] = [sum + value, startTime];
    worst = Math.max(worst, sum);
  }
  return worst;
}

/** Whether everything that moves has come to rest; what breathes for ever does not count. */
export function isStill() {
  return document.getAnimations().every((animation) => animation.playState === "finished" || animation.playState === "idle" || animation.effect?.getTiming().iterations === Infinity);
}

/** When the page has nothing left to do. */
export function untilIdle() {
  return new Promise((settle) => requestIdleCallback(() => setTimeout(settle, 100), { timeout: 2_000 }));
}
