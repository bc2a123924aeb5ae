import type { MailProps } from "@/lib/events/mail";
import { formatDay, formatPoints } from "@/lib/i18n";
import { Figure, Line, MailFrame, Way } from "./frame";
import type { MailScene } from "./scene";

export function PointsExpiringMail({ scene, name, points, day, daysLeft, link }: { scene: MailScene } & MailProps<"points_expiring">) {
  const { say, locale } = scene;
  const figure = formatPoints(locale, points);
  return (
    <MailFrame scene={scene} preview={say("points_expiring.preview", { days: daysLeft })} title={say("points_expiring.title", { points: figure })} fewer>
      <Line>{say("hello", { name })}</Line>
      <Figure>{figure}</Figure>
      <Line>{say("points_expiring.body", { day: formatDay(locale, day, "dayAndYear") })}</Line>
      <Line>{say("points_expiring.left", { days: daysLeft })}</Line>
      <Way scene={scene} path={link} label={say("points_expiring.action")} />
    </MailFrame>
  );
}

export function LevelChangedMail({ scene, name, level, isUp, link }: { scene: MailScene } & MailProps<"level_changed">) {
  const { say } = scene;
  const body = say(isUp ? "level_changed.bodyUp" : "level_changed.bodyDown");
  return (
    <MailFrame scene={scene} preview={body} title={say(isUp ? "level_changed.titleUp" : "level_changed.titleDown", { level })} fewer>
      <Line>{say("hello", { name })}</Line>
      <Line>{body}</Line>
      <Way scene={scene} path={link} label={say("level_changed.action")} />
    </MailFrame>
  );
}

const STEPS = ["shipped", "parcel_sent", "ready_for_pickup", "completed", "cancelled", "refunded"] as const;
export const orderStep = (status: string) => STEPS.find((step) => step === status) ?? "moved";

export function OrderStatusMail({ scene, name, status, product, link }: { scene: MailScene } & MailProps<"order_status">) {
  const { say } = scene;
  const body = say(`order_status.${orderStep(status)}.body`, { product });
  return (
    <MailFrame scene={scene} preview={body} title={say(`order_status.${orderStep(status)}.title`)} fewer>
      <Line>{say("hello", { name })}</Line>
      <Line>{body}</Line>
      <Way scene={scene} path={link} label={say("order_status.action")} />
    </MailFrame>
  );
}

export function BooksAlertMail({ scene, name, findings, link }: { scene: MailScene } & MailProps<"books_alert">) {
  const { say } = scene;
  return (
    <MailFrame scene={scene} preview={say("books_alert.preview")} title={say("books_alert.title")} fewer>
      <Line>{say("hello", { name })}</Line>
      <Line>{say("books_alert.body", { findings })}</Line>
      <Way scene={scene} path={link} label={say("books_alert.action")} />
    </MailFrame>
  );
}

export function TrailAlertMail({ scene, name, link }: { scene: MailScene } & MailProps<"trail_alert">) {
  const { say } = scene;
  return (
    <MailFrame scene={scene} preview={say("trail_alert.preview")} title={say("trail_alert.title")} fewer>
      <Line>{say("hello", { name })}</Line>
      <Line>{say("trail_alert.body")}</Line>
      <Way scene={scene} path={link} label={say("trail_alert.action")} />
    </MailFrame>
  );
}

export function ControlChangedMail({ scene, name, by, link }: { scene: MailScene } & MailProps<"control_changed">) {
  const { say } = scene;
  return (
    <MailFrame scene={scene} preview={say("control_changed.preview")} title={say("control_changed.title")} fewer>
      <Line>{say("hello", { name })}</Line>
      <Line>{say("control_changed.body", { by })}</Line>
      <Way scene={scene} path={link} label={say("control_changed.action")} />
    </MailFrame>
  );
}

/** What staff sends to themselves, to see that mail leaves and how it looks. */
export function TestMail({ scene, name }: { scene: MailScene } & MailProps<"test_mail">) {
  const { say } = scene;
  return (
    <MailFrame scene={scene} preview={say("test_mail.body")} title={say("test_mail.title")}>
      <Line>{say("hello", { name })}</Line>
      <Line>{say("test_mail.body")}</Line>
      <Way scene={scene} path="/admin/settings/mail" label={say("test_mail.action")} />
    </MailFrame>
  );
}
