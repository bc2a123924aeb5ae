import { render, toPlainText } from "@react-email/render";
import type { ReactElement } from "react";
import { MAIL_PROPS, type MailProps, type MailTemplate } from "@/lib/events/mail";
import { formatDay, formatPoints } from "@/lib/i18n";
import { EmailChangedMail, ErasedMail, LinkMail, PasswordChangedMail, SecondFactorChangedMail, StaffInvitedMail } from "./account-mail";
import { SETTINGS_PATH } from "./frame";
import type { MailScene } from "./scene";
import { BooksAlertMail, ControlChangedMail, LevelChangedMail, orderStep, OrderStatusMail, PointsExpiringMail, TestMail, TrailAlertMail } from "./shop-mail";
import { StockBackMail, StockLowMail } from "./stock-mail";

export type Composed = { subject: string; html: string; text: string; headers: Record<string, string>; links: string[] };

type Template<Name extends MailTemplate> = {
  subject: (scene: MailScene, props: MailProps<Name>) => string;
  body: (scene: MailScene, props: MailProps<Name>) => ReactElement;
  /** People may switch it off: mail clients are told where. */
  isOptional?: true;
};

const linkMail = (template: "verify_email" | "known_address" | "reset_password" | "change_email"): Template<typeof template> => ({
  subject: ({ say }) => say(`${template}.subject`),
  body: (scene, props) => <LinkMail scene={scene} template={template} {...props} />,
});

const templates: { [Name in MailTemplate]: Template<Name> } = {
  verify_email: linkMail("verify_email"),
  known_address: linkMail("known_address"),
  reset_password: linkMail("reset_password"),
  change_email: linkMail("change_email"),
  email_changed: { subject: ({ say }) => say("email_changed.subject"), body: (scene, props) => <EmailChangedMail scene={scene} {...props} /> },
  password_changed: { subject: ({ say }) => say("password_changed.subject"), body: (scene, props) => <PasswordChangedMail scene={scene} {...props} /> },
  second_factor_changed: { subject: ({ say }, { change }) => say(`second_factor_changed.${change}.title`), body: (scene, props) => <SecondFactorChangedMail scene={scene} {...props} /> },
  account_erased: { subject: ({ say }) => say("account_erased.subject"), body: (scene, props) => <ErasedMail scene={scene} {...props} /> },
  points_expiring: {
    subject: ({ say, locale }, { points, day }) => say("points_expiring.subject", { points: formatPoints(locale, points), day: formatDay(locale, day) }),
    body: (scene, props) => <PointsExpiringMail scene={scene} {...props} />,
    isOptional: true,
  },
  level_changed: {
    subject: ({ say }, { level, isUp }) => say(isUp ? "level_changed.subjectUp" : "level_changed.subjectDown", { level }),
    body: (scene, props) => <LevelChangedMail scene={scene} {...props} />,
    isOptional: true,
  },
  order_status: {
    subject: ({ say }, { status, product }) => say(`order_status.${orderStep(status)}.subject`, { product }),
    body: (scene, props) => <OrderStatusMail scene={scene} {...props} />,
    isOptional: true,
  },
  stock_low: {
    subject: ({ say }, { skus, items }) => say("stock_low.subject", { skus, product: items[0]!.name }),
    body: (scene, props) => <StockLowMail scene={scene} {...props} />,
    isOptional: true,
  },
  stock_back: {
    subject: ({ say }, { product }) => say("stock_back.subject", { product }),
    body: (scene, props) => <StockBackMail scene={scene} {...props} />,
    isOptional: true,
  },
  staff_invited: { subject: ({ say, shopName }, { name }) => say("staff_invited.subject", { name, shop: shopName }), body: (scene, props) => <StaffInvitedMail scene={scene} {...props} /> },
  test_mail: { subject: ({ say, shopName }) => say("test_mail.subject", { shop: shopName }), body: (scene, props) => <TestMail scene={scene} {...props} /> },
  books_alert: {
    subject: ({ say }, { findings }) => say("books_alert.subject", { findings }),
    body: (scene, props) => <BooksAlertMail scene={scene} {...props} />,
    isOptional: true,
  },
  trail_alert: { subject: ({ say }) => say("trail_alert.subject"), body: (scene, props) => <TrailAlertMail scene={scene} {...props} />, isOptional: true },
  control_changed: { subject: ({ say }, { by }) => say("control_changed.subject", { by }), body: (scene, props) => <ControlChangedMail scene={scene} {...props} />, isOptional: true },
};

export const isMailTemplate = (name: string): name is MailTemplate => Object.hasOwn(templates, name);

/** A message in its reader's language, as HTML and as text. Throws when the props are not the template's. */
export async function composeMail<Name extends MailTemplate>(name: Name, scene: MailScene, given: unknown): Promise<Composed> {
  const template = templates[name] as Template<Name>;
  const props = MAIL_PROPS[name].parse(given) as MailProps<Name>;
  const html = await render(template.body(scene, props));
  return {
    subject: oneLine(template.subject(scene, props)),
    html,
    text: toPlainText(html, { selectors: [{ selector: "h1", options: { uppercase: false } }] }),
    headers: template.isOptional ? { "List-Unsubscribe": `<${scene.link(SETTINGS_PATH)}>` } : {},
    links: [...new Set([...html.matchAll(/href="([^"]+)"/g)].map((match) => match[1]!.replaceAll("&amp;", "&")))],
  };
}

const SUBJECT_MAX = 150;

/** A name in a subject must not begin a header of its own. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim().slice(0, SUBJECT_MAX);
