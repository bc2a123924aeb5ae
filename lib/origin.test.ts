import { expect, test } from "vitest";

import { isForeign } from "./origin";

const SHOP = "https://shop.example";

test.each([
  ["a page of the shop", { "sec-fetch-site": "same-origin", origin: SHOP }], ["a page of the shop that names no referrer", { "sec-fetch-site": "same-origin", origin: "null" }],
  ["the person themselves", { "sec-fetch-site": "none" }], ["an old browser", { origin: SHOP }], ["the shop under another name of its own", { origin: "http://10.0.0.7:3000", host: "10.0.0.7:3000" }],
])("%s is the shop's", (_, headers) => {
  expect(isForeign(new Headers(headers as Record<string, string>), SHOP)).toBe(false);
});

test.each([
  ["another site", { "sec-fetch-site": "cross-site", origin: SHOP }], ["a neighbour", { "sec-fetch-site": "same-site" }], ["another site in an old browser", { origin: "https://evil.example", host: "shop.example" }],
  ["a name that begins alike", { origin: "https://shop.example.evil.example", host: "shop.example" }], ["no origin at all", { host: "shop.example" }], ["no origin and no host", {}],
  ["an origin that is none", { origin: "null" }], ["an origin that is none, and a host like it", { origin: "null", host: "null" }],
])("%s is foreign", (_, headers) => {
  expect(isForeign(new Headers(headers as Record<string, string>), SHOP)).toBe(true);
});
