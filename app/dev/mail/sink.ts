import "server-only";

import { composeMail, isMailTemplate, type Composed } from "@/components/mail/compose";
import { db } from "@/db/client";
import { mailWay, sceneFor } from "@/lib/mail";
import { findMail, type OutboxMail } from "@/lib/notifications/outbox/queries";
import { getPolicy } from "@/lib/settings/queries";

/** Mail may be read here only where it goes nowhere else: in development and in demos, and not with a mail server, whose letters wait in the same table. */
export const isSinkOpen = (): boolean => mailWay() === "sink";

/** The message as its reader sees it; null when what it said was forgotten, or cannot be written. */
export async function composedOf(mail: OutboxMail): Promise<Composed | null> {
  if (!isMailTemplate(mail.template) || Object.keys(mail.props).length === 0) return null;
  const policy = await getPolicy(db());
  return composeMail(mail.template, sceneFor(mail.locale, policy), mail.props).catch(() => null);
}

export async function mailOf(id: string): Promise<OutboxMail | null> {
  return isSinkOpen() && /^\d{1,15}$/.test(id) ? findMail(db(), Number(id)) : null;
}
