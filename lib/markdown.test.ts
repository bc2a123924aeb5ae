import fc from "fast-check";
import { expect, test } from "vitest";

import { plainText, renderMarkdown } from "./markdown";

test("a merchant's text keeps its paragraphs, lines, lists, emphasis, headings and tables", () => {
  expect(renderMarkdown("一行\n又一行\n\n另一段")).toBe("<p>一行<br />又一行</p>\n<p>另一段</p>");
  expect(renderMarkdown("**bold** *soft* ~~gone~~ `code`")).toBe("<p><strong>bold</strong> <em>soft</em> <del>gone</del> <code>code</code></p>");
  expect(renderMarkdown("- a\n- b\n")).toBe("<ul>\n<li>a</li>\n<li>b</li>\n</ul>");
  expect(renderMarkdown("3. c\n4. d")).toBe('<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>');
  expect(renderMarkdown("> said\n\n---")).toBe("<blockquote>\n<p>said</p>\n</blockquote>\n<hr />");
  expect(renderMarkdown("| a | b |\n|--:|---|\n| 1 | 2 |")).toContain('<th align="right">a</th>');
});

test("headings begin below those of the page", () => {
  expect(renderMarkdown("# one\n## two\n### three\n###### six")).toBe("<h3>one</h3>\n<h4>two</h4>\n<h5>three</h5>\n<h5>six</h5>");
  expect(renderMarkdown("<h1 id=main class=hero>one</h1>")).toBe("<h3>one</h3>");
});

test("links lead to the web, to a mailbox or to a page of the shop, and vouch for nothing", () => {
  expect(renderMarkdown("[care](https://example.com/care?a=1&b=2)")).toBe('<p><a href="https://example.com/care?a=1&amp;b=2" rel="noopener nofollow">care</a></p>');
  expect(renderMarkdown("[write](mailto:shop@example.com)")).toContain('href="mailto:shop@example.com"');
  expect(renderMarkdown("[more](/shop?category=home)")).toContain('href="/shop?category=home"');
  expect(renderMarkdown('<a href="https://example.com" target="_blank" rel="opener" onclick="x()">a</a>')).toBe('<p><a href="https://example.com" rel="noopener nofollow">a</a></p>');
});

test("pictures come from the shop's own storage", () => {
  expect(renderMarkdown("![a mug](/pictures/abc_DEF-123/640.webp)")).toBe('<p><img src="/pictures/abc_DEF-123/640.webp" alt="a mug" loading="lazy" /></p>');
  for (const elsewhere of ["https://example.com/a.png", "//example.com/a.png", "/pictures/../api/me", "/pictures/%2e%2e/api", "/api/orders", "data:image/png;base64,AAAA", "pictures/a.png"]) {
    expect(renderMarkdown(`![a mug](${elsewhere})`), elsewhere).not.toContain("<img");
  }
});

const ATTACKS = [
  "<script>alert(1)</script>",
  "<SCRIPT SRC=//example.com/x.js></SCRIPT>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "<script\n>alert(1)</script\t>",
  '<img src=x onerror="alert(1)">',
  '<img src="/pictures/a.webp" onerror="alert(1)" onload=alert(1)>',
  "<img/src='x'/onerror=alert(1)>",
  "<svg onload=alert(1)>",
  '<svg><a xlink:href="javascript:alert(1)"><text>go</text></a></svg>',
  "<svg><style><img src=x onerror=alert(1)></style></svg>",
  "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
  "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
  '<iframe src="javascript:alert(1)"></iframe>',
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src="javascript:alert(1)">',
  "<form action='javascript:alert(1)'><button formaction=javascript:alert(1)>go</button></form>",
  "<details open ontoggle=alert(1)>x</details>",
  "<video><source onerror=alert(1)></video>",
  "<p style=\"background:url('javascript:alert(1)')\">styled</p>",
  "<style>@import 'javascript:alert(1)';</style>",
  "<link rel=stylesheet href=javascript:alert(1)>",
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  "<base href='javascript:alert(1)//'>",
  "<body onload=alert(1)>",
  "<input autofocus onfocus=alert(1)>",
  "[go](javascript:alert(1))",
  "[go](JaVaScRiPt:alert(1))",
  "[go](java\nscript:alert(1))",
  "[go](&#106;avascript:alert(1))",
  "[go](&#x6A&#x61vascript&colon;alert(1))",
  "[go](javascript&colon;alert(1))",
  "[go](java&Tab;script:alert(1))",
  "[go](\u0001javascript:alert(1))",
  "[go](%6Aavascript:alert(1))",
  "[go](vbscript:msgbox(1))",
  "[go](data:text/html,<script>alert(1)</script>)",
  "[go](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[go](file:///etc/passwd)",
  "[go](//example.com)",
  "[go](/\\example.com)",
  "<javascript:alert(1)>",
  "[go]: javascript:alert(1)\n\n[go]",
  '[go](https://example.com "onmouseover=alert(1) x")',
  '[go](https://example.com"onmouseover="alert(1))',
  '![x](/pictures/a.webp" onerror="alert(1))',
  '![x" onerror="alert(1)](/pictures/a.webp)',
  '<a href="&#x6A;avascript:alert(1)">go</a>',
  "<a href=\"jav\tascript:alert(1)\">go</a>",
  "<a href=' javascript:alert(1)'>go</a>",
  "`<script>alert(1)</script>`",
  "```html\n<script>alert(1)</script>\n```",
  "```\" onclick=alert(1)\nx\n```",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "<!--><script>alert(1)</script>-->",
  "<![CDATA[<script>alert(1)</script>]]>",
  "<?xml version='1.0'?><script>alert(1)</script>",
  "<p><p><p <script>alert(1)</script>>",
  "<div\u0000onclick=alert(1)>x</div>",
  "<table background=javascript:alert(1)><td background='javascript:alert(1)'>x</td></table>",
  '<td align="x" onclick="alert(1)">',
  "<template><script>alert(1)</script></template>",
  "<xmp><script>alert(1)</script></xmp>",
  "<plaintext><script>alert(1)</script>",
] as const;

/** What may stand between angle brackets, written once more and by another hand than the sanitizer's. */
const TAG = /^<(?:\/(?:p|strong|em|del|ul|ol|li|h[345]|blockquote|code|pre|a|table|thead|tbody|tr|th|td)|(?:p|br|strong|em|del|ul|li|h[345]|blockquote|code|pre|hr|table|thead|tbody|tr|th|td)(?: ?\/)?|ol(?: start="\d+")?|t[hd] align="(?:left|center|right)"|a(?: href="(?:https?:\/\/|mailto:|\/(?![/\\])|#)[^"<>]*")?(?: title="[^"<>]*")? rel="noopener nofollow"|img src="\/pictures\/[\w/.-]+" alt="[^"<>]*"(?: title="[^"<>]*")? loading="lazy" \/)>$/;

function strayTags(html: string): string[] {
  return (html.match(/<[^>]*>?/g) ?? []).filter((tag) => !TAG.test(tag));
}

test.each(ATTACKS)("nothing of %j can run, load or be pressed", (attack) => {
  for (const source of [attack, `text ${attack} text`, `> ${attack}`, `- ${attack}`, `| a |\n|---|\n| ${attack.replaceAll("\n", " ")} |`, `**${attack}**`, `[${attack}](https://example.com)`]) {
    expect(strayTags(renderMarkdown(source)), source).toEqual([]);
  }
});

test("whatever is put together from the pieces of an attack, only known tags come out", () => {
  const piece = fc.constantFrom("<", ">", "</", "/>", '"', "'", "`", "[", "](", ")", "!", "&#106;", "&lt;", "&quot;", "javascript:", "//", "\\", "onerror=", " ", "\n", "script", "svg", "style", "img", "a", "p", "href=", "src=", "/pictures/a", "<!--", "-->", "x");
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
    expect(strayTags(renderMarkdown(pieces.join("")))).toEqual([]);
  }), { numRuns: 2_000 });
});

test("what was shown as code stays readable as code", () => {
  expect(renderMarkdown("`<script>`")).toBe("<p><code>&lt;script&gt;</code></p>");
});

test.each([">", "> > - ", "- ", "* ", "1. ", "> 1) ", "  -   ", "[", "![", "**", "_", "~~", "`", "<p>", "<a href=x>", "((", "|a", "\\", "&", "#", "  \n"])("5,000 letters of %j take no noticeable time", (mark) => {
  const source = mark.repeat(Math.floor(5_000 / mark.length));
  const begun = performance.now();
  expect(strayTags(renderMarkdown(source))).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(10_000);
});

test("a description is the words alone, in one line", () => {
  expect(plainText("# 手冲壶\n\n**耐热** 150℃。\n- 可微波\n- 可洗碗机\n\n[保养](https://example.com) ![x](/pictures/a.webp)")).toBe("手冲壶 耐热 150℃。 可微波 可洗碗机 保养");
  expect(plainText("a & b < c > d \"e\" 'f' &amp;")).toBe("a & b < c > d \"e\" 'f' &");
  expect(plainText("| a | b |\n|---|---|\n| 1 | 2 |")).toBe("a b 1 2");
  expect(plainText("<script>alert(1)</script>")).toBe("");
  expect(plainText("  \n ")).toBe("");
});
