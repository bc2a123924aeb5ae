import { openSession, sessionCookieName } from "@/lib/auth-cookie";
import { clientAddress } from "@/lib/client-address";
import { currentTime } from "@/lib/clock";
import type { UserId } from "@/lib/ctx";
import { limit } from "@/lib/limits";
import { log } from "@/lib/log";
import { perform } from "@/lib/perform";
import { isRefusal } from "@/lib/refusal";
import { recordShareVisit } from "@/lib/sharing/commands";
import { isOpening, pageOf, SHOP, type Share } from "@/lib/sharing/share";
import { deviceCookie, deviceKeyOf, newDevice, readShareToken, referrerCookie, referrerCookieFor } from "@/lib/sharing/token";
import { findVisitor } from "@/lib/visitor";

type Context = { params: Promise<{ token: string }> };

/** Tells the second request of a new device from its first. */
const BACK = "back";

/**
 * GET /s/<token>: a share link. A new device gets its cookie and asks again; the visit counts when the cookie has come back,
 * so what keeps no cookies counts for nobody. Whatever comes of it, the page follows: one of the shop, never another's.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const share = readShareToken(token);
  if (!share) return goTo(pageOf(SHOP));
  const page = pageOf(share.subject);
  if (!isOpening(request)) return goTo(page);
  const deviceKey = deviceKeyOf(cookieOf(request, deviceCookie().name));
  if (deviceKey) return goTo(page, await leftBehind(request, share, deviceKey));
  const isBack = new URL(request.url).searchParams.has(BACK);
  return isBack ? goTo(page) : goTo(`/s/${token}?${BACK}=1`, [setCookie(deviceCookie(), newDevice())]);
}

/** What asks for the head is a preview: it is told the way, and nothing counts. */
export const HEAD = GET;

/** Counts the visit, and returns the cookie that remembers who brought a guest. A shop that cannot count still shows the page. */
async function leftBehind(request: Request, share: Share, deviceKey: string): Promise<string[]> {
  try {
    await limit("share-visit-address", clientAddress(request.headers));
    const visitorId = await signedIn(request);
    const outcome = await perform({ kind: "system", name: "share link" }, (ctx) => recordShareVisit(ctx, { ...share, deviceKey, visitorId }));
    const isBrought = visitorId === null && (outcome === "counted" || outcome === "repeated");
    return isBrought ? [setCookie(referrerCookie(), referrerCookieFor(share.sharerId, currentTime()))] : [];
  } catch (error) {
    if (!isRefusal(error)) log.error({ err: error }, "a visit through a share link was not counted");
    return [];
  }
}

async function signedIn(request: Request): Promise<UserId | null> {
  const cookie = cookieOf(request, sessionCookieName());
  const token = cookie ? await openSession(cookie) : null;
  return (token && (await findVisitor(token))?.id) || null;
}

function cookieOf(request: Request, name: string): string | undefined {
  const pair = (request.headers.get("cookie") ?? "").split(/;\s*/).find((each) => each.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

function goTo(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, "cache-control": "no-store", "x-robots-tag": "noindex" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

type Cookie = { name: string; options: { path: string; maxAge: number; secure: boolean } };

const setCookie = ({ name, options }: Cookie, value: string): string =>
  `${name}=${value}; Path=${options.path}; Max-Age=${options.maxAge}; HttpOnly; SameSite=Lax${options.secure ? "; Secure" : ""}`;
