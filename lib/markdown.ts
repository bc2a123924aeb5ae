import "server-only";

import { Marked } from "marked";
import sanitize from "sanitize-html";

// What a merchant writes is shown through here and nowhere else: Markdown first, and of the HTML that comes out only what a text needs.

const markdown = new Marked({ gfm: true, breaks: true, async: false });

/** Quotes and lists within each other: the parser goes as deep as a line says, and no reader goes so deep. */
const NESTING_MAX = 20;
const TOO_DEEP = new RegExp(String.raw`^[ \t]*(?:>[ \t]*|(?:[-*+]|\d{1,9}[.)])[ \t]+){${NESTING_MAX},}`, "gm");

const OWN_PICTURE = /^\/pictures\/[\w-]+(?:\/[\w-]+)*(?:\.\w+)?$/;
/** A page of the shop; `//host` and `/\host` would leave it. */
const OWN_PAGE = /^(?:\/(?![/\\])|#)/;

/** The page has one h1 and its sections h2: a text's headings begin below. */
const lowered = { h1: "h3", h2: "h4", h3: "h5", h4: "h5", h5: "h5", h6: "h5" } as const;

const alignedCell: sanitize.Transformer = (tagName, { align = "" }) => ({ tagName, attribs: ["left", "center", "right"].includes(align) ? { align } : ({} as sanitize.Attributes) });

const rules: sanitize.IOptions = {
  allowedTags: [
    "p", "br", "strong", "em", "del", "ul", "ol", "li", "h3", "h4", "h5", "blockquote", "code", "pre", "a", "hr", "img", "table", "thead", "tbody", "tr", "th", "td",
  ],
  allowedAttributes: {
    a: ["href", "title", "rel"], img: ["src", "alt", "title", "loading"], ol: ["start"],
    th: ["align"], td: ["align"],
  },
  allowedSchemes: ["http", "https", "mailto"],
  allowProtocolRelative: false,
  nonTextTags: ["script", "style", "textarea", "option", "select", "noscript", "title", "template", "iframe", "object", "embed", "svg", "math", "xmp", "noembed", "noframes", "plaintext"],
  nestingLimit: 2 * NESTING_MAX + 10,
  transformTags: {
    ...Object.fromEntries(Object.entries(lowered).map(([from, to]) => [from, sanitize.simpleTransform(to, {}, false)])),
    b: "strong",
    i: "em",
    s: "del",
    a: (tagName, { href, title }) => ({ tagName, attribs: { ...(href && isLink(href) ? { href } : {}), ...(title ? { title } : {}), rel: "noopener nofollow" } }),
    th: alignedCell,
    td: alignedCell,
    img: (tagName, { src = "", alt = "", title }) => ({ tagName, attribs: { src, alt, ...(title ? { title } : {}), loading: "lazy" } }),
  },
  exclusiveFilter: ({ tag, attribs }) => tag === "img" && !OWN_PICTURE.test(attribs.src ?? ""),
};

const isLink = (href: string): boolean => /^(?:https?:\/\/|mailto:)/i.test(href) || OWN_PAGE.test(href);

/** Markdown as HTML that cannot run, load or look like anything but text, with pictures from the shop's own storage alone. */
export function renderMarkdown(source: string): string {
  return sanitize(markdown.parse(source.replace(TOO_DEEP, "")) as string, rules).trim();
}

const BLOCK_END = /<\/(?:p|li|h[1-6]|blockquote|pre|tr|th|td)>|<(?:br|hr) ?\/?>/g;
const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' } as const;

/** The words of it in one line, for a description of the page and for a search. Plain text: whoever shows it escapes it. */
export function plainText(source: string): string {
  const words = sanitize(renderMarkdown(source).replace(BLOCK_END, "$& "), { allowedTags: [], allowedAttributes: {} });
  return words.replace(/&(?:amp|lt|gt|quot);/g, (entity) => ENTITIES[entity as keyof typeof ENTITIES]).replace(/\s+/g, " ").trim();
}
