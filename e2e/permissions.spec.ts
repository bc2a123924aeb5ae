import { readFileSync } from "node:fs";
import { expect, test, type APIRequestContext } from "@playwright/test";
import { permissionsOf, type Permission } from "../lib/accounts/permission";
import { demoAccounts, demoStaff } from "../scripts/lib/demo-accounts.mjs";
import { actions, pages, routes, type Needs, type Place } from "../test/permission-map";

// Every page, file and action of the back office, asked for in every role: what a role may not do is not accepted. The pages are asked as a
// browser asks, the actions as its forms call them; what each takes is read off its source.

const builtIn = (role: "manager" | "support" | "fulfilment" | "analyst") => permissionsOf("staff", { builtIn: role, permissions: [] });

/** Who asks, and what they may do. `null` is a guest. */
const ROLES: Readonly<Record<string, { email: string | null; permissions: ReadonlySet<Permission>; isStaff: boolean }>> = {
  owner: { email: "approver@demo.points", permissions: permissionsOf("owner", null), isStaff: true },
  manager: { email: "merchant@demo.points", permissions: builtIn("manager"), isStaff: true },
  support: { email: "support@demo.points", permissions: builtIn("support"), isStaff: true },
  fulfilment: { email: "fulfilment@demo.points", permissions: builtIn("fulfilment"), isStaff: true },
  analyst: { email: "analyst@demo.points", permissions: builtIn("analyst"), isStaff: true },
  counter: { email: "counter@demo.points", permissions: new Set<Permission>(["orders.read", "orders.fulfil", "people.read"]), isStaff: true },
  shopper: { email: "lin@demo.points", permissions: new Set(), isStaff: false },
  guest: { email: null, permissions: new Set(), isStaff: false },
};

const may = ({ permissions, isStaff }: (typeof ROLES)[string], needs: readonly Needs[]): boolean => isStaff && needs.some((need) => need === null || permissions.has(need));

const AT_ONCE = 6;

/** Several at a time: there are some hundreds. */
async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  }));
}

async function signIn(request: APIRequestContext, email: string): Promise<void> {
  const { password } = [...demoAccounts, ...demoStaff].find((account) => account.email === email)!;
  const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  await request.post("/api/auth/callback/credentials", { form: { csrfToken, email, password, json: "true" } });
  expect(((await (await request.get("/api/auth/session")).json()) as { user?: { email: string } }).user?.email).toBe(email);
}

/** Parts of addresses that are no ids. */
const WORDS: Readonly<Record<string, string>> = { section: "brand", kind: "members", report: "points", job: "expire-points", batch: "none" };

/** An address with something in its places: what a list links to, else a number that may lead nowhere, which the gate comes before. */
async function fill(request: APIRequestContext, path: string): Promise<string> {
  let filled = "";
  for (const part of path.split("/").slice(1)) {
    const name = /^\[(\w+)\]$/.exec(part)?.[1];
    filled += `/${name === undefined ? part : (WORDS[name] ?? (await firstIn(request, filled)))}`;
  }
  return filled;
}

const known = new Map<string, Promise<string>>();

function firstIn(request: APIRequestContext, list: string): Promise<string> {
  const found = known.get(list) ?? request.get(list === "/admin/books" ? "/admin/users" : list).then(async (answer) => {
    const ids = [...(await answer.text()).matchAll(new RegExp(`href="${list === "/admin/books" ? "/admin/users" : list}/([\\w-]+)"`, "g"))].map((match) => match[1]!);
    return ids.find((id) => /\d/.test(id) || id.length === 22) ?? "1";
  });
  known.set(list, found);
  return found;
}

const REFUSED = "NEXT_HTTP_ERROR_FALLBACK;403";

/** What comes of asking: let in, told that the role may not, told that nothing is here, or sent to sign in. */
async function ask(request: APIRequestContext, path: string): Promise<"open" | "forbidden" | "absent" | "elsewhere"> {
  const answer = await request.get(path, { maxRedirects: 0 });
  const location = answer.headers().location ?? "";
  if (answer.status() >= 300 && answer.status() < 400) return /sign-in|second-factor/.test(location) ? "elsewhere" : "open";
  const text = await answer.text();
  if (answer.status() === 401 || /__next-page-redirect[^>]+sign-in/.test(text)) return "elsewhere";
  if (answer.status() === 403 || text.includes(REFUSED)) return "forbidden";
  return answer.status() === 404 || text.includes("NEXT_HTTP_ERROR_FALLBACK;404") ? "absent" : "open";
}

/** The addresses with ids in them, found once by somebody who sees all lists. */
async function filled(places: readonly Place[], request: APIRequestContext): Promise<(Place & { at: string })[]> {
  const all: (Place & { at: string })[] = [];
  for (const place of places) all.push({ ...place, at: await fill(request, place.path) });
  return all;
}

type Post = { id: string; at: string };

/** Where the build put each action: its id, and a page that carries it. */
function builtActions(): Map<string, { id: string; page: string }> {
  type Entry = { filename?: string; exportedName?: string; workers: Record<string, unknown> };
  const manifest = JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8")) as { node: Record<string, Entry> };
  return new Map(Object.entries(manifest.node).flatMap(([id, { filename, exportedName, workers }]) => {
    const page = Object.keys(workers).find((name) => name.startsWith("app/admin"));
    return filename && exportedName && page ? [[`${filename} ${exportedName}`, { id, page: page.replace(/^app/, "").replace(/\/page$/, "") }] as const] : [];
  }));
}

/** Calls an action as a form does, with nothing in it. */
async function call(request: APIRequestContext, baseURL: string, { id, at }: Post, parameters: string): Promise<string> {
  const values = parameters.split(",").filter((text) => text.trim() !== "").map((text) => (/FormData/.test(text) ? "$K1" : /number/.test(text) ? 1 : /string/.test(text) ? "x" : { status: "idle" }));
  const answer = await request.post(at, { headers: { "next-action": id, origin: new URL(baseURL).origin, accept: "text/x-component" }, multipart: { "1_nothing": "", 0: JSON.stringify(values) }, maxRedirects: 0 });
  return answer.text();
}

const FORBIDDEN = '"code":"forbidden"';

/** An answer without what differs from one to the next. */
const bare = (body: string): string => body.replace(/[\w-]{20,}|\d+/g, "");

/** What a shopper hears from actions whose answer is no form's: who lacks the permission hears the same. */
const toShoppers = new Map<string, string>();

test.describe.configure({ mode: "serial" });

let opened: (Place & { at: string })[];
let posts: (ReturnType<typeof actions>[number] & Post)[];

test("there is somebody in every role, and every action is in the build", async ({ playwright, baseURL }) => {
  const owner = await playwright.request.newContext({ baseURL });
  await signIn(owner, ROLES.owner!.email!);
  opened = await filled([...pages(), ...routes()].filter(({ needs }) => needs.length > 0), owner);
  const built = builtActions();
  const all = actions();
  // What no page calls is not in the build, and cannot be called either.
  const carried = all.filter(({ file, name }) => built.has(`${file} ${name}`));
  expect(carried.length).toBeGreaterThan(all.length * 0.9);
  posts = [];
  for (const action of carried) {
    const { id, page } = built.get(`${action.file} ${action.name}`)!;
    posts.push({ ...action, id, at: await fill(owner, page) });
  }
  await owner.dispose();
  const shopper = await playwright.request.newContext({ baseURL });
  await signIn(shopper, ROLES.shopper!.email!);
  for (const post of posts.filter(({ answersForm }) => !answersForm)) toShoppers.set(post.id, bare(await call(shopper, baseURL!, post, post.parameters)));
  await shopper.dispose();
});

for (const [name, role] of Object.entries(ROLES)) {
  test(`${name}: pages and files`, async ({ playwright, baseURL }) => {
    const request = await playwright.request.newContext({ baseURL });
    if (role.email) await signIn(request, role.email);
    const wrong: string[] = [];
    await each(opened, async ({ at, file, needs, also }) => {
      const outcome = await ask(request, at);
      const isFile = file.endsWith("route.ts");
      const expected = may(role, needs) && also.every((need) => may(role, [need])) ? ["open", "absent"] : role.isStaff ? ["forbidden"] : role.email === null ? ["elsewhere"] : isFile ? ["forbidden"] : ["absent"];
      // A file that is only made by a form has nothing at its address.
      if (!expected.includes(outcome) && !(isFile && /export async function POST|export const POST/.test(readFileSync(file, "utf8")))) wrong.push(`${at}: ${outcome}, not ${expected.join(" or ")}`);
    });
    expect(wrong).toEqual([]);
    await request.dispose();
  });

  test(`${name}: actions`, async ({ playwright, baseURL }) => {
    const request = await playwright.request.newContext({ baseURL });
    if (role.email) await signIn(request, role.email);
    const wrong: string[] = [];
    await each(posts, async ({ file, name: action, needs, parameters, answersForm, ...post }) => {
      const body = await call(request, baseURL!, post, parameters);
      if (!answersForm) {
        const hearsNothing = bare(body) === toShoppers.get(post.id) || body.includes("NEXT_HTTP_ERROR_FALLBACK") || body.includes("NEXT_REDIRECT");
        if (role.email !== null && !may(role, needs) && !hearsNothing) wrong.push(`${file} ${action}: ${body.slice(0, 160)}`);
        return;
      }
      const isRefused = body.includes(FORBIDDEN) || body.includes('"code":"not_signed_in"');
      // Which permission a run over many rows takes depends on the run.
      if (isRefused === may(role, needs) && needs[0] !== null) wrong.push(`${file} ${action}: ${isRefused ? "refused" : body.slice(0, 160)}`);
    });
    expect(wrong).toEqual([]);
    await request.dispose();
  });
}
