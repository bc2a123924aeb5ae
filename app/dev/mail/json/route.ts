import { db } from "@/db/client";
import { listMail } from "@/lib/notifications/outbox/queries";
import { composedOf, isSinkOpen } from "../sink";

export const dynamic = "force-dynamic";

const MAILS_MAX = 20;

/** The newest mail, of one recipient when `to` is given: what a journey of the tests follows. */
export async function GET(request: Request): Promise<Response> {
  if (!isSinkOpen()) return new Response(null, { status: 404 });
  const recipient = new URL(request.url).searchParams.get("to")?.slice(0, 254) || undefined;
  const { mails } = await listMail(db(), { recipient, limit: MAILS_MAX });
  const shown = await Promise.all(mails.map(async (mail) => {
    const composed = await composedOf(mail);
    return {
      id: mail.id, to: mail.recipient, template: mail.template, locale: mail.locale, status: mail.status, createdAt: mail.createdAt.toISOString(),
      subject: composed?.subject ?? null, text: composed?.text ?? null, links: composed?.links ?? [],
    };
  }));
  return Response.json(shown, { headers: { "cache-control": "no-store" } });
}
