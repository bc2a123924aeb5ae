import { expect, test } from "vitest";

import { db } from "@/db/client";
import { parseInput } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { atOnce, aUser, eventsAbout, refusalOf, type TestUser } from "@/test/world";

import { saveAddress } from "../commands";
import { findAddress, listAddresses } from "../queries";
import { ADDRESSES_MAX, AddressChangeInput, AddressIdInput, NewAddressInput } from "../schema";

import { addAddress, changeAddress, chooseDefaultAddress, removeAddress } from "./commands";

const home = { recipient: "林", phone: "13800000000", region: "上海", street: "南京东路 1 号", postcode: "200001" };
const house = (number: number) => ({ ...home, street: `南京东路 ${number} 号` });
const add = (who: TestUser, address: typeof home, isDefault = false) => perform(who.actor, (ctx) => addAddress(ctx, { ...address, isDefault }));
const remove = (who: TestUser, id: number) => perform(who.actor, (ctx) => removeAddress(ctx, { id }));
const streets = async (who: TestUser) => (await listAddresses(db(), who.id)).map(({ street, isDefault }) => (isDefault ? `${street}*` : street));

/** A person with three addresses, the first of them the default. */
async function atHome() {
  const lin = await aUser();
  for (const number of [1, 2, 3]) await add(lin, house(number));
  const [first, third, second] = await listAddresses(db(), lin.id);
  return { lin, first: first!, second: second!, third: third! };
}

test("the first address is the default; the default comes first, then the newest", async () => {
  const { lin } = await atHome();
  expect(await streets(lin)).toEqual(["南京东路 1 号*", "南京东路 3 号", "南京东路 2 号"]);
  expect((await eventsAbout("user", lin.id)).at(-1)).toMatchObject({ name: "account.changed", data: { fields: ["addresses"] } });
});

test("there is one default: choosing another takes it from the one before", async () => {
  const { lin, second } = await atHome();
  await perform(lin.actor, (ctx) => chooseDefaultAddress(ctx, { id: second.id }));
  await add(lin, house(4), true);
  expect(await streets(lin)).toEqual(["南京东路 4 号*", "南京东路 3 号", "南京东路 2 号", "南京东路 1 号"]);
});

test("an address is changed, and may become the default", async () => {
  const { lin, second } = await atHome();
  await perform(lin.actor, (ctx) => changeAddress(ctx, { ...house(9), id: second.id, isDefault: true }));
  expect(await streets(lin)).toEqual(["南京东路 9 号*", "南京东路 3 号", "南京东路 1 号"]);
});

test("when the default is deleted the newest takes its place; when the last is, there is none", async () => {
  const { lin, first, second, third } = await atHome();
  await remove(lin, first.id);
  expect(await streets(lin)).toEqual(["南京东路 3 号*", "南京东路 2 号"]);
  await remove(lin, third.id);
  await remove(lin, second.id);
  expect(await streets(lin)).toEqual([]);
});

test("a double press adds one address", async () => {
  const lin = await aUser();
  await atOnce(5, () => add(lin, home));
  expect(await streets(lin)).toEqual(["南京东路 1 号*"]);
});

test("a person keeps twenty addresses, also when the last is added on two devices at once, and ordering adds none beyond", async () => {
  const lin = await aUser();
  for (let number = 1; number < ADDRESSES_MAX; number++) await add(lin, house(number));
  const answers = await Promise.all([101, 102, 103].map((number) => add(lin, house(number)).then(() => "ok", (error: { code: string; detail: unknown }) => error)));
  expect(answers.filter((answer) => answer === "ok")).toHaveLength(1);
  expect(answers).toContainEqual(expect.objectContaining({ code: "addresses_full", detail: { limit: ADDRESSES_MAX } }));
  await perform(lin.actor, (ctx) => saveAddress(ctx, lin.id, house(999)));
  expect(await listAddresses(db(), lin.id)).toHaveLength(ADDRESSES_MAX);
  expect((await streets(lin)).filter((street) => street.endsWith("*"))).toHaveLength(1);
});

test("somebody else's address is not found, and stays as it is", async () => {
  const [{ lin, first }, eve] = [await atHome(), await aUser()];
  expect(await findAddress(db(), eve.id, first.id)).toBeNull();
  expect(await refusalOf(remove(eve, first.id))).toBe("not_found");
  expect(await refusalOf(perform(eve.actor, (ctx) => chooseDefaultAddress(ctx, { id: first.id })))).toBe("not_found");
  expect(await refusalOf(perform(eve.actor, (ctx) => changeAddress(ctx, { ...house(66), id: first.id, isDefault: true })))).toBe("not_found");
  expect(await streets(lin)).toEqual(["南京东路 1 号*", "南京东路 3 号", "南京东路 2 号"]);
});

test.each([["0"], ["-1"], ["1.5"], ["x"], [["1", "2"]], [{}], [null]])("%j is no address of anybody", (id) => {
  expect(parseInput(AddressIdInput, { id })).toMatchObject({ code: "invalid_input" });
  expect(parseInput(AddressChangeInput, { ...home, id })).toMatchObject({ code: "invalid_input" });
});

test("what a form sends is an address and a tick, and nothing else", () => {
  expect(parseInput(NewAddressInput, home)).toMatchObject({ ok: true, value: { isDefault: false } });
  expect(parseInput(NewAddressInput, { ...home, isDefault: "on" })).toMatchObject({ ok: true, value: { isDefault: true } });
  for (const more of [{ userId: 1 }, { isDefault: true }, { recipient: "" }, { phone: "call me" }, { street: "x".repeat(201) }]) expect(parseInput(NewAddressInput, { ...home, ...more })).toMatchObject({ code: "invalid_input" });
});
