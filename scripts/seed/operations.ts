import type { Actor } from "@/lib/ctx";
import { queueMail } from "@/lib/events/commands";
import { claimMail, listDueMail, markTried } from "@/lib/notifications/outbox/commands";
import { perform } from "@/lib/perform";

const clock: Actor = { kind: "system", name: "seed" };
const MAILS_MAX = 1_000;

/** Two letters that a mail server did not take, so that the log has something to try again. */
export async function seedOperations(at: (daysAgo: number, hour: number) => Date): Promise<void> {
  const letters = [
    { recipient: "ada.okafor@no-such-host.example", daysAgo: 3, reason: "550 RCPT TO", locale: "en", product: "Pour-over kettle" },
    { recipient: "zhao.yinuo@full-box.example", daysAgo: 1, reason: "552 DATA", locale: "zh-CN", product: "手冲壶" },
  ];
  for (const [index, { recipient, daysAgo, reason, locale, product }] of letters.entries()) {
    const when = at(daysAgo, 12);
    await perform(clock, (ctx) => queueMail(ctx, { userId: null, recipient, template: "stock_back", locale, props: { name: recipient.split("@")[0]!, product, link: "/products/pour-over-kettle" }, subject: `seed-failed-${index}` }), when);
    await perform(clock, async (ctx) => {
      const due = (await listDueMail(ctx, MAILS_MAX)).find((mail) => mail.recipient === recipient);
      const held = due && (await claimMail(ctx, due));
      if (held) await markTried(ctx, held, reason, true);
    }, when);
  }
}
