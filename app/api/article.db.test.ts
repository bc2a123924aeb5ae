import { randomUUID } from "node:crypto";

import { afterEach, expect, test } from "vitest";

import { forgetPopular } from "@/lib/recommend/queries";
import { forgetPolicy } from "@/lib/settings/queries";
import { count, rows } from "@/test/database";
import { call, type Heard } from "@/test/http";
import { aKettle, aMug, anOrder, aProduct, aSpeaker, aToken, aUser, balanceOf, ledgerOf, linkTokenTo, mailTo, ordersOf, pay, stockOf, unique, type TestUser } from "@/test/world";

import { login } from "./auth/login/handler";
import { register } from "./auth/register/handler";
import { verify } from "./auth/verify/handler";
import { create } from "./orders/create/handler";
import { history } from "./orders/history/handler";
import { balance } from "./points/balance/handler";
import { earn } from "./points/earn/handler";
import { spend } from "./points/spend/handler";
import { add, list } from "./products/handler";
import { personalized } from "./recommend/personalized/handler";

const PASSWORD = "correct horse battery";
const someone = () => ({ username: unique("mei"), email: `${unique("mei")}@example.com`, password: PASSWORD });

async function signedIn(plan?: Parameters<typeof aUser>[0]): Promise<{ who: TestUser; token: string }> {
  const who = await aUser(plan);
  return { who, token: await aToken(who) };
}

/** The shop as the article has it: who signs up is inside at once. */
async function letEverybodyIn(): Promise<void> {
  await rows("INSERT INTO settings (name, value) VALUES ('verifyEmail', 'false')");
  forgetPolicy();
}

afterEach(async () => {
  await rows("DELETE FROM settings");
  forgetPolicy();
  forgetPopular();
});

/** Registers and proves the address, by the link where there is one. */
const ways = {
  "with the address verified": async (me: ReturnType<typeof someone>) => {
    const registered = await call(register, { body: me });
    expect([registered.status, registered.body]).toEqual([202, { message: expect.any(String) }]);
    expect((await call(login, { body: { email: me.email, password: PASSWORD } })).body).toMatchObject({ code: "email_unverified" });
    const verified = await call(verify, { body: { token: await linkTokenTo(me.email, "verify_email") } });
    expect([verified.status, verified.body]).toEqual([200, { token: expect.any(String), user: { id: expect.any(Number), username: me.username, email: me.email, points: 100 } }]);
    expect((await call(balance, { method: "GET", token: verified.body.token as string })).body).toEqual({ points: 100 });
  },
  "without verification": async (me: ReturnType<typeof someone>) => {
    await letEverybodyIn();
    const registered = await call(register, { body: me });
    expect([registered.status, registered.body]).toEqual([200, { message: expect.any(String), token: expect.any(String), points: 100 }]);
  },
} as const;

test.each(Object.entries(ways))("the article's way through the shop, %s: register, sign in, check in, redeem, look back", async (_, registerAs) => {
  const me = someone();
  await registerAs(me);
  const entered = await call(login, { body: { email: me.email, password: PASSWORD } });
  expect([entered.status, entered.body]).toEqual([200, { message: expect.any(String), token: expect.any(String), points: 110 }]);
  const token = entered.body.token as string;
  const earned = await call(earn, { token, body: { actionType: "checkin" } });
  expect([earned.status, earned.body]).toEqual([200, { message: expect.any(String), points: 130, change: 20, streak: 1 }]);
  const mug = await aMug();
  const spent = await call(spend, { token, body: { productId: mug.id, quantity: 1 } });
  expect([spent.status, spent.body]).toEqual([200, { message: expect.any(String), points: 30, product: "mug", order_id: expect.any(String), status: "paid", cash_due: 0 }]);
  const past = await call(history, { method: "GET", token });
  expect(past.body).toMatchObject([{ id: spent.body.order_id, product_id: mug.id, quantity: 1, points_used: 100, status: "paid", total_price: 0 }]);
  expect((await call(balance, { method: "GET", token })).body).toEqual({ points: 30 });
});

test("registering an address that is known and one that is new is answered byte for byte alike", async () => {
  const known = await aUser();
  const [first, second] = [await call(register, { body: { ...someone(), email: known.email } }), await call(register, { body: someone() })];
  expect([second.status, second.text]).toEqual([first.status, first.text]);
  expect([...second.headers.keys()]).toEqual([...first.headers.keys()]);
  expect((await mailTo(known.email)).map(({ template }) => template)).toEqual(["known_address"]);
});

test.each([[{ token: 0 }], [{ token: ["x"] }], [{ token: { $ne: 1 } }], [{ token: "A".repeat(43) }], [{ token: null }], [{}]])("%j verifies nobody", async (body) => {
  await call(register, { body: someone() });
  const reply = await call(verify, { body });
  expect([reply.status, reply.body.code]).toEqual([400, "link_invalid"]);
});

test("a link that was used is refused with a sentence, and a token of it opens nothing", async () => {
  const me = someone();
  await call(register, { body: me });
  const token = await linkTokenTo(me.email, "verify_email");
  expect((await call(verify, { body: { token } })).status).toBe(200);
  const again = await call(verify, { body: { token } });
  expect([again.status, again.body]).toMatchObject([400, { code: "link_invalid", error: "This link is not valid or has expired. Please ask for a new one." }]);
  expect((await call(balance, { method: "GET", token })).status).toBe(401);
});

test("the article's own password is refused as weak, in a sentence, in both languages", async () => {
  const body = { ...someone(), password: "123456" };
  const english = await call(register, { body });
  expect(english.status).toBe(400);
  expect(english.body).toMatchObject({ code: "weak_password", error: "That password is too weak: use at least 8 characters and not a common one.", errors: [{ field: "password", code: "password_weak" }] });
  const chinese = await call(register, { body, headers: { "accept-language": "zh-CN,zh;q=0.9" } });
  expect(chinese.body.error).toMatch(/\p{Script=Han}/u);
  expect(await count("SELECT COUNT(*) FROM users WHERE email = ?", [body.email])).toBe(0);
});

test.each(["register", "purchase", "login", "repurchase", "signin", "CHECKIN", "checkin ", "", "__proto__"])("nobody earns by asking for %j", async (actionType) => {
  const { who, token } = await signedIn();
  const reply = await call(earn, { token, body: { actionType } });
  expect([reply.status, reply.body.code]).toEqual([400, "unknown_action"]);
  expect(await ledgerOf(who)).toEqual([]);
});

test("a client that names its own reward, price or person is refused", async () => {
  const { who, token } = await signedIn({ points: 500 });
  const mug = await aMug();
  for (const [handler, body] of [
    [earn, { actionType: "checkin", points: 9_999 }], [earn, { actionType: "checkin", userId: 1 }],
    [spend, { productId: mug.id, quantity: 1, points: 1 }], [spend, { productId: mug.id, quantity: 1, userId: 1 }],
    [create, { productId: mug.id, quantity: 1, usePoints: 100, total_price: 0 }], [create, { productId: mug.id, quantity: 1, status: "paid" }],
  ] as const) expect((await call(handler, { token, body })).body.code).toBe("invalid_input");
  expect(await balanceOf(who)).toBe(500);
  expect(await ordersOf(who)).toEqual([]);
});

/** What clients send where a whole number belongs. */
const NO_NUMBERS: readonly [string, string][] = [
  ["-1", "-1"], ["nothing", "0"], ["a half", "0.5"], ["one and a bit", "1.0000001"], ["text with an exponent", '"1e3"'], ["text with spaces", '" 12 "'], ["text", '"12"'], ["hexadecimal text", '"0x10"'],
  ["an Arabic digit", '"٣"'], ["2^53 + 1", "9007199254740993"], ["1e308", "1e308"], ["not a number", '"NaN"'], ["null", "null"], ["true", "true"], ["a list", "[2]"], ["an object", '{"a":1}'],
  ["-0.0", "-0.0"], ["ten thousand", "10000"],
];

test.each(NO_NUMBERS)("a quantity that is %s is refused by every call, and changes nothing", async (_, quantity) => {
  const { who, token } = await signedIn({ points: 1_000_000 });
  const mug = await aMug({ initialStock: 50_000, limitPerOrder: 9_999 });
  for (const handler of [spend, create]) {
    const reply = await call(handler, { token, body: `{"productId":${mug.id},"quantity":${quantity}}` });
    expect([reply.status, reply.body.code]).toEqual([400, "invalid_input"]);
    expect(reply.body.errors).toMatchObject([{ field: "quantity" }]);
  }
  expect([await balanceOf(who), await stockOf(mug)]).toEqual([1_000_000, 50_000]);
});

test.each(NO_NUMBERS.filter(([name]) => !["nothing", "-0.0", "ten thousand"].includes(name)))("points to use that are %s are refused", async (_, usePoints) => {
  const { token } = await signedIn({ points: 1_000 });
  const speaker = await aSpeaker();
  const reply = await call(create, { token, body: `{"productId":${speaker.id},"quantity":1,"usePoints":${usePoints}}` });
  expect([reply.status, reply.body.code]).toEqual([400, "invalid_input"]);
});

test.each(NO_NUMBERS.filter(([name]) => name !== "ten thousand"))("a product that is %s is refused", async (_, productId) => {
  const { token } = await signedIn({ points: 1_000 });
  const reply = await call(spend, { token, body: `{"productId":${productId},"quantity":1}` });
  expect([reply.status, reply.body.code]).toEqual([400, "invalid_input"]);
});

test("an order of cash, of points, and of both", async () => {
  const { who, token } = await signedIn({ points: 5_000 });
  const [speaker, mug] = [await aSpeaker(), await aMug()];
  expect((await call(create, { token, body: { productId: speaker.id, quantity: 1 } })).body).toMatchObject({ total_price: 199, points_used: 0, cash_paid: 199, status: "pending", points: 5_000 });
  expect((await call(create, { token, body: { productId: speaker.id, quantity: 1, usePoints: 1_000 } })).body).toMatchObject({ total_price: 199, points_used: 1_000, cash_paid: 189, points: 4_000 });
  expect((await call(create, { token, body: { productId: mug.id, quantity: 1, usePoints: 100 } })).body).toMatchObject({ total_price: 0, points_used: 100, cash_paid: 0, status: "paid" });
  const both = await call(spend, { token, body: { productId: (await aKettle()).id, quantity: 1 } });
  expect(both.body).toMatchObject({ status: "pending", cash_due: 9.9 });
  expect(await pay(who, both.body.order_id as string)).toMatchObject({ status: "paid" });
});

test.each([
  ["a balance too low", { points: 99 }, {}, 409, "insufficient_points"],
  ["an empty shelf", { points: 500 }, { initialStock: 0 }, 409, "sold_out"],
  ["a frozen account", { points: 500, isFrozen: true }, {}, 403, "account_frozen"],
] as const)("spending with %s is refused with a status and a sentence", async (_, plan, sku, status, code) => {
  const { token } = await signedIn(plan);
  const reply = await call(spend, { token, body: { productId: (await aMug(sku)).id, quantity: 1 } });
  expect([reply.status, reply.body.code]).toEqual([status, code]);
  expect(reply.body.error).toBe(reply.body.detail);
  expect(String(reply.body.error)).toMatch(/^[A-Z].*\.$/);
});

test("a product that is hidden or unknown is not found", async () => {
  const { token } = await signedIn({ points: 500 });
  for (const productId of [(await aProduct({ status: "draft" })).id, 999_999_999]) {
    for (const handler of [spend, create]) expect((await call(handler, { token, body: { productId, quantity: 1 } })).status).toBe(404);
  }
});

test("one Idempotency-Key is one order and one reply, byte for byte; another body under it is 422; another person's is theirs", async () => {
  const [{ who, token }, other] = [await signedIn({ points: 500 }), await signedIn({ points: 500 })];
  const mug = await aMug({ initialStock: 9 });
  const headers = { "idempotency-key": randomUUID() };
  const body = { productId: mug.id, quantity: 1 };
  const first = await call(spend, { token, body, headers });
  expect((await call(spend, { token, body: { quantity: 1, productId: mug.id }, headers })).text).toBe(first.text);
  expect((await call(spend, { token, body: { ...body, quantity: 2 }, headers })).status).toBe(422);
  expect((await call(create, { token, body: { ...body, usePoints: 100 }, headers })).status).toBe(422);
  expect((await call(spend, { token: other.token, body, headers })).body.order_id).not.toBe(first.body.order_id);
  expect(await ordersOf(who)).toHaveLength(1);
});

test.each(["", " ", "with space", "ü", "a".repeat(256), "a\tb"])("%j is no Idempotency-Key", async (key) => {
  const { who, token } = await signedIn({ points: 500 });
  const reply = await call(spend, { token, body: { productId: (await aMug()).id, quantity: 1 }, headers: { "idempotency-key": key } }).catch(() => null);
  // A header value that HTTP itself cannot carry never leaves the client.
  if (reply && key.trim() !== "") expect([reply.status, reply.body.errors]).toMatchObject([400, [{ field: "Idempotency-Key" }]]);
  else if (reply) expect(reply.status).toBe(400);
  expect(await ordersOf(who)).toEqual([]);
});

test("orders of others are in nobody's history; a page leads to the next", async () => {
  const [lin, eve] = [await signedIn({ points: 500 }), await signedIn({ points: 500 })];
  const mug = await aMug({ initialStock: 9 });
  for (let index = 0; index < 3; index++) await call(spend, { token: lin.token, body: { productId: mug.id, quantity: 1 } });
  expect((await call(history, { method: "GET", token: eve.token })).body).toEqual([]);
  const first = await call(history, { method: "GET", token: lin.token, path: "/api/orders/history?limit=2" });
  const next = /<(.+)>; rel="next"/.exec(first.headers.get("link")!)![1]!;
  const second = await call(history, { method: "GET", token: lin.token, path: next });
  const ids = [...(first.body as unknown as { id: string }[]), ...(second.body as unknown as { id: string }[])].map(({ id }) => id);
  expect(new Set(ids).size).toBe(3);
  expect(second.headers.get("link")).toBeNull();
});

test("the list shows what is on sale and in stock, with prices in yuan", async () => {
  const [mug, gone, draft, speaker] = [await aMug(), await aMug({ initialStock: 0 }), await aProduct({ status: "draft" }), await aSpeaker()];
  const products: { id: number }[] = [];
  for (let path: string | undefined = "/api/products?limit=48"; path; ) {
    const page: Heard = await call(list, { method: "GET", path });
    products.push(...(page.body as unknown as { id: number }[]));
    path = /<(.+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
  }
  expect(products.find(({ id }) => id === mug.id)).toMatchObject({ name: "mug", price: 0, points_price: 100, stock: 1, is_points_only: true });
  expect(products.find(({ id }) => id === speaker.id)).toMatchObject({ price: 199, points_price: 0, is_points_only: false });
  expect(products.filter(({ id }) => id === gone.id || id === draft.id)).toEqual([]);
});

test("staff put a product on sale, as the article does", async () => {
  const { token } = await signedIn({ role: "staff" });
  const name = unique("thermos");
  const added = await call(add, { token, body: { name, price: 19.99, points_price: 500, stock: 7, is_points_only: false } });
  expect([added.status, added.body]).toEqual([200, { message: expect.any(String), id: expect.any(Number), slug: expect.any(String) }]);
  expect(await rows("SELECT price_mode, points_price, cash_price_cents, stock FROM skus s JOIN sku_stock t ON t.sku_id = s.id WHERE product_id = ?", [added.body.id as number]))
    .toEqual([{ price_mode: "cash_discount", points_price: 500, cash_price_cents: 1_999, stock: 7 }]);
});

test("a product added twice with one key is one product", async () => {
  const { token } = await signedIn({ role: "staff" });
  const [name, headers] = [unique("thermos"), { "idempotency-key": randomUUID() }];
  const press = () => call(add, { token, body: { name, points_price: 500, stock: 1, is_points_only: true }, headers });
  const [first, second] = await Promise.all([press(), press()]);
  expect(second.body.id).toBe(first.body.id);
  expect(await count("SELECT COUNT(*) FROM products WHERE name = ?", [name])).toBe(1);
});

test("a shopper puts nothing on sale, nor does a stranger", async () => {
  const name = unique("mine");
  const body = { name, points_price: 1, stock: 1, is_points_only: true };
  expect((await call(add, { token: (await signedIn()).token, body })).status).toBe(403);
  expect((await call(add, { body })).status).toBe(401);
  expect(await count("SELECT COUNT(*) FROM products WHERE name = ?", [name])).toBe(0);
});

test.each([
  ["a price with three decimals", { price: 0.001 }], ["a negative price", { price: -1 }], ["a price as text", { price: "9" }], ["no price at all", { price: 0, points_price: 0 }], ["half a point", { points_price: 0.5 }],
  ["a negative stock", { stock: -1 }], ["too many points", { points_price: 100_000_001 }], ["no name", { name: "  " }], ["a name of 101 letters", { name: "x".repeat(101) }], ["a field of its own", { role: "owner" }],
])("a product with %s is refused", async (_, more) => {
  const { token } = await signedIn({ role: "staff" });
  const before = await count("SELECT COUNT(*) FROM products");
  const reply = await call(add, { token, body: { name: "thermos", price: 9.9, points_price: 500, stock: 1, ...more } });
  expect([reply.status, reply.body.code]).toEqual([400, "invalid_input"]);
  expect(await count("SELECT COUNT(*) FROM products")).toBe(before);
});

test.each([[0.29, 29], [1.1, 110], [19.99, 1_999], [0.07, 7], [1_000_000, 100_000_000]])("%d yuan are %i cents", async (price, cents) => {
  const { token } = await signedIn({ role: "staff" });
  const { body } = await call(add, { token, body: { name: unique("thermos"), price, stock: 1 } });
  expect(await rows("SELECT cash_price_cents AS cents FROM skus WHERE product_id = ?", [body.id as number])).toEqual([{ cents }]);
});

test("recommendations are on sale, in stock, at most five, and not what one already has", async () => {
  const { token } = await signedIn({ points: 500 });
  const [mine, gone, draft] = [await aMug({ initialStock: 9 }), await aMug({ initialStock: 0 }), await aProduct({ status: "draft" })];
  await call(spend, { token, body: { productId: mine.id, quantity: 1 } });
  const shown = (await call(personalized, { method: "GET", token })).body as unknown as { id: number }[];
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.length).toBeLessThanOrEqual(5);
  expect(shown.filter(({ id }) => [mine.id, gone.id, draft.id].includes(id))).toEqual([]);
});

test("a newcomer is recommended what others redeem most", async () => {
  const [popular, quiet] = [await aMug({ initialStock: 9 }), await aMug({ initialStock: 9 })];
  for (let order = 0; order < 6; order++) await anOrder(await aUser({ points: 100 }), popular);
  const shown = (await call(personalized, { method: "GET", token: (await signedIn()).token })).body as unknown as { id: number }[];
  expect(shown[0]).toMatchObject({ id: popular.id, points_price: 100 });
  expect(shown.findIndex(({ id }) => id === quiet.id)).not.toBe(0);
});

test("recommendations begin with the categories of one's latest orders", async () => {
  const [category] = await rows<{ id: number }>("SELECT id FROM categories ORDER BY id LIMIT 1");
  const { who, token } = await signedIn({ points: 500 });
  const tea = await aProduct({ name: "tea", categoryId: category!.id, skus: [{ initialStock: 9 }] });
  const pot = await aProduct({ name: "pot", categoryId: category!.id, skus: [{ initialStock: 9 }] });
  const lamp = await aMug({ initialStock: 9 });
  await anOrder(who, tea);
  for (let order = 0; order < 3; order++) await anOrder(await aUser({ points: 100 }), lamp);
  const shown = (await call(personalized, { method: "GET", token })).body as unknown as { id: number }[];
  expect(shown[0]).toMatchObject({ id: pot.id });
});
