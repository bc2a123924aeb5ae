import "server-only";

import { sendPacket, statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import { queueMail, type Mail } from "@/lib/events/commands";
import type { EventHandler, StoredEvent } from "@/lib/events/handler";
import type { MailTemplate } from "@/lib/events/mail";

import { loadListeners, notify, type Listener } from "../commands";
import { isNews, LARGE_EARNING, type Notice } from "../notice";
import { accountNotice, orderNotice, orderStep, pointsNotice, referralNotices, SECURITY_EVENTS, type OrderFacts } from "./told";

/** Tells people what happened to them: in the shop, and by mail where there is a letter for it. What they did themselves they know. */
export const tellOfEvent: EventHandler = {
  names: [
    "order.shipped", "order.parcel_sent", "order.ready_for_pickup", "order.completed", "code.short", "order.cancelled", "order.refunded", "points.earned", "points.activated", "points.expired", "account.level_changed", "review.moderated", "referral.settled",
    "account.frozen", "account.unfrozen", ...SECURITY_EVENTS, "books.checked", "audit.broken", "settings.changed",
  ],
  wants: ({ name, subjectId, data }) => {
    if (name === "settings.changed") return subjectId === "control";
    if (name === "points.earned") return Number(data.points) >= LARGE_EARNING;
    if (name === "books.checked") return Number(data.findings) > 0;
    // Of the last parcel the order itself tells.
    if (name === "order.parcel_sent") return data.isLast !== true;
    return name !== "referral.settled" || data.status === "rewarded";
  },
  async handle(ctx, event) {
    if (!isNews(event.createdAt, ctx.now)) return;
    if (event.name.startsWith("order.")) return tellOfOrder(ctx, event);
    if (event.name === "code.short") return tellOfShortCodes(ctx, event);
    if (event.name === "review.moderated") return tellOfReview(ctx, event);
    if (event.name === "books.checked" || event.name === "audit.broken" || event.name === "settings.changed") return tellOwners(ctx, event);
    if (event.name === "account.level_changed") return tellOfLevel(ctx, event);
    const notices = event.name === "referral.settled" ? referralNotices(event) : [pointsNotice(event) ?? accountNotice(event)].filter((notice) => notice !== null);
    await tell(ctx, notices);
  },
};

/** Tells these people, and returns who listens. */
async function tell(ctx: Ctx, notices: readonly Notice[]): Promise<Map<UserId, Listener>> {
  const listeners = await loadListeners(ctx, notices.map(({ userId }) => userId));
  await notify(ctx, listeners, notices);
  return listeners;
}

async function tellOfOrder(ctx: Ctx, event: StoredEvent): Promise<void> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT o.user_id AS userId, o.public_id AS orderId, i.product_name AS product, i.product_name_en AS productEn
       FROM orders o JOIN order_items i ON i.order_id = o.id AND i.line = 1 WHERE o.public_id = ?`,
      [event.subjectId],
    ),
  ]);
  const order = rows[0] as OrderFacts | undefined;
  if (!order || order.userId === event.actorId) return;
  const notice = orderNotice(event, order);
  const listener = (await tell(ctx, [notice])).get(order.userId);
  await mailTo(ctx, listener, "order_status", (to) => ({
    template: "order_status", subject: `order:${notice.subject}`,
    props: { name: to.name, orderId: order.orderId, status: orderStep(event), product: (to.locale === "en" && order.productEn) || order.product, link: notice.link },
  }));
}

async function tellOfLevel(ctx: Ctx, event: StoredEvent): Promise<void> {
  const userId = Number(event.subjectId) as UserId;
  const [level, isUp] = [String(event.data.to ?? ""), event.data.isUp === true];
  const link = "/levels";
  const listeners = await tell(ctx, [{ userId, kind: "level_changed", subject: `event:${event.id}`, data: { level, isUp: isUp ? 1 : 0 }, link }]);
  await mailTo(ctx, listeners.get(userId), "level_changed", ({ name }) => ({ template: "level_changed", subject: `level:${event.id}`, props: { name, level, isUp, link } }));
}

async function tellOfReview(ctx: Ctx, event: StoredEvent): Promise<void> {
  const [rows = []] = await sendPacket(ctx.tx, [statement("SELECT slug, name, name_en FROM products WHERE id = ?", [Number(event.data.productId)])]);
  const [product] = rows;
  if (!product) return;
  await tell(ctx, [{
    userId: Number(event.data.userId) as UserId, kind: "review_moderated", subject: `review:${event.subjectId}`,
    data: { status: String(event.data.status), product: product.name, productEn: product.name_en }, link: `/products/${product.slug}`,
  }]);
}

/** Whoever works here hears that a paid order waits for codes. */
async function tellOfShortCodes(ctx: Ctx, event: StoredEvent): Promise<void> {
  const [people = [], items = []] = await sendPacket(ctx.tx, [
    statement("SELECT id FROM users WHERE role IN ('staff', 'owner') AND erased_at IS NULL ORDER BY id"),
    statement(
      `SELECT i.product_name AS product, i.product_name_en AS productEn FROM orders o JOIN order_items i ON i.order_id = o.id
       WHERE o.public_id = ? AND i.delivery IN ('virtual', 'coupon') AND i.quantity_delivered + i.quantity_refunded < i.quantity ORDER BY i.line LIMIT 1`,
      [event.subjectId],
    ),
  ]);
  const [item] = items;
  if (!item) return;
  const data = { how: "codes", product: item.product as string, productEn: item.productEn as string, missing: Number(event.data.missing) };
  await tell(ctx, people.map((row): Notice => ({ userId: row.id, kind: "stock_low", subject: `codes:${event.subjectId}`, data, link: `/admin/orders/${event.subjectId}` })));
}

/** Whoever owns the shop hears that the books do not agree, that somebody changed what must not change, or what one person alone may do now. Who did it knows. */
async function tellOwners(ctx: Ctx, event: StoredEvent): Promise<void> {
  const [owners = [], [actor] = []] = await sendPacket(ctx.tx, [
    statement("SELECT id FROM users WHERE role = 'owner' AND erased_at IS NULL AND id <> ? ORDER BY id", [event.actorId ?? 0]), statement("SELECT username FROM users WHERE id = ?", [event.actorId ?? 0]),
  ]);
  const { data, link, letter } = alertOf(event, String(actor?.username ?? ""));
  const listeners = await tell(ctx, owners.map((row): Notice => ({ userId: row.id, kind: "books_alert", subject: `event:${event.id}`, data, link })));
  for (const listener of listeners.values()) await mailTo(ctx, listener, "books_alert", ({ userId, name }) => ({ subject: `alert:${event.id}:${userId}`, ...letter(name) }));
}

type Alert = { data: Notice["data"]; link: string; letter: (name: string) => WithoutSubject<Letters["books_alert"]> };
type WithoutSubject<Letter> = Letter extends unknown ? Omit<Letter, "subject"> : never;

function alertOf({ name: fact, data }: StoredEvent, by: string): Alert {
  if (fact === "audit.broken") return { data: { how: "trail" }, link: "/admin/audit", letter: (name) => ({ template: "trail_alert", props: { name, link: "/admin/audit" } }) };
  if (fact === "settings.changed") return { data: { how: "control", by }, link: CONTROL, letter: (name) => ({ template: "control_changed", props: { name, by, link: CONTROL } }) };
  const findings = Number(data.findings);
  return { data: { findings }, link: "/admin/books", letter: (name) => ({ template: "books_alert", props: { name, findings, link: "/admin/books" } }) };
}

const CONTROL = "/admin/settings/control";

type LetterOf<Template extends MailTemplate> = Template extends MailTemplate ? Pick<Mail<Template>, "template" | "subject" | "props"> : never;
type Letters = { order_status: LetterOf<"order_status">; level_changed: LetterOf<"level_changed">; books_alert: LetterOf<"books_alert" | "trail_alert" | "control_changed"> };

/** Writes to somebody who wants mail of this kind and whose address is proved. */
async function mailTo<Kind extends keyof Letters>(ctx: Ctx, listener: Listener | undefined, kind: Kind, letter: (to: Listener) => Letters[Kind]): Promise<void> {
  if (!listener?.isReachable || !listener.wants(kind).byMail) return;
  const written: Letters[keyof Letters] = letter(listener);
  await queueMail(ctx, { ...written, userId: listener.userId, recipient: listener.email, locale: listener.locale });
}
