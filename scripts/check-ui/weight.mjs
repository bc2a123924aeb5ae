/** What a page's first load weighs: its document, the scripts and the style sheets that the document names, gzipped. */
import { gzipSync } from "node:zlib";

/** @typedef {{ js: number, css: number, html: number }} Weight bytes */

/** The server's own compression may differ from one host to the next; ours is the measure. */
const gzipped = (body) => gzipSync(body, { level: 9 }).length;

/** Sizes by address: pages share most of what they load. */
export class Scales {
  #known = new Map();

  /**
   * @param {import("@playwright/test").APIRequestContext} request with the visitor's cookies
   * @param {string} url
   * @returns {Promise<Weight>}
   */
  async weigh(request, url) {
    const html = await (await request.get(url)).text();
    const of = async (addresses) => (await Promise.all(addresses.map((address) => this.#sizeOf(request, new URL(address, url).href)))).reduce((sum, size) => sum + size, 0);
    return { html: gzipped(html), js: await of(scriptsIn(html)), css: await of(stylesIn(html)) };
  }

  #sizeOf(request, url) {
    if (!this.#known.has(url)) this.#known.set(url, request.get(url).then(async (response) => gzipped(await response.body())));
    return this.#known.get(url);
  }
}

const attributesIn = (html, tag) => [...html.matchAll(new RegExp(`<${tag}\\b([^>]*)>`, "g"))].map(([, text]) => Object.fromEntries([...text.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name, value = ""]) => [name.toLowerCase(), value])));

/** Browsers that know modules leave out what is marked as not for them. */
function scriptsIn(html) {
  const scripts = attributesIn(html, "script").filter(({ src, nomodule }) => src && nomodule === undefined).map(({ src }) => src);
  const ahead = attributesIn(html, "link").filter(({ rel, as }) => rel === "modulepreload" || (rel === "preload" && as === "script")).map(({ href }) => href);
  return [...new Set([...scripts, ...ahead])];
}

const stylesIn = (html) => [...new Set(attributesIn(html, "link").filter(({ rel }) => rel === "stylesheet").map(({ href }) => href))];
