import type { MailProps } from "@/lib/events/mail";
import { Line, MailFrame, Small, Way } from "./frame";
import type { MailScene } from "./scene";

type LinkMail = "verify_email" | "known_address" | "reset_password" | "change_email";

/** A link that proves something: that an address is one's own, or that one may choose a new password. */
export function LinkMail({ scene, template, name, link }: { scene: MailScene; template: LinkMail } & MailProps<LinkMail>) {
  const { say } = scene;
  return (
    <MailFrame scene={scene} preview={say(`${template}.preview`)} title={say(`${template}.title`)}>
      <Line>{say("hello", { name })}</Line>
      <Line>{say(`${template}.body`)}</Line>
      <Way scene={scene} path={link} label={say(`${template}.action`)} />
      <Small>{say("notYou")}</Small>
    </MailFrame>
  );
}

export function EmailChangedMail({ scene, name, newAddress }: { scene: MailScene } & MailProps<"email_changed">) {
  const { say } = scene;
  return (
    <MailFrame scene={scene} preview={say("email_changed.preview")} title={say("email_changed.title")}>
      <Line>{say("hello", { name })}</Line>
      <Line>{say("email_changed.body", { address: newAddress })}</Line>
      <Small>{say("email_changed.warning")}</Small>
    </MailFrame>
  );
}

export function PasswordChangedMail({ scene, name }: { scene: MailScene } & MailProps<"password_changed">) {
  const { say } = scene;
  return (
    <MailFrame scene={scene} preview={say("password_changed.preview")} title={say("password_changed.title")}>
      <Line>{say("hello", { name })}</Line>
      <Line>{say("password_changed.body")}</Line>
      <Line>{say("wasNotYou")}</Line>
      <Way scene={scene} path="/forgot-password" label={say("reset")} />
    </MailFrame>
  );
}

/** What happened to the second lock of somebody who works in the shop. */
export function SecondFactorChangedMail({ scene, name, change, left }: { scene: MailScene } & MailProps<"second_factor_changed">) {
  const { say } = scene;
  const { title, body } = { title: say(`second_factor_changed.${change}.title`), body: say(`second_factor_changed.${change}.body`, { left }) };
  return (
    <MailFrame scene={scene} preview={body} title={title}>
      <Line>{say("hello", { name })}</Line>
      <Line>{body}</Line>
      <Line>{say("wasNotYou")}</Line>
      <Way scene={scene} path="/forgot-password" label={say("reset")} />
    </MailFrame>
  );
}

export function ErasedMail({ scene, name }: { scene: MailScene } & MailProps<"account_erased">) {
  const { say } = scene;
  return (
    <MailFrame scene={scene} preview={say("account_erased.preview")} title={say("account_erased.title")}>
      <Line>{say("hello", { name })}</Line>
      <Line>{say("account_erased.body")}</Line>
    </MailFrame>
  );
}

const BUILT_IN = ["manager", "support", "fulfilment", "analyst"] as const;

/** To somebody who shall work in the shop. A role that came with the shop is named in the reader's language. */
export function StaffInvitedMail({ scene, name, role, days, link }: { scene: MailScene } & MailProps<"staff_invited">) {
  const { say, shopName } = scene;
  const known = BUILT_IN.find((key) => key === role);
  return (
    <MailFrame scene={scene} preview={say("staff_invited.preview", { days })} title={say("staff_invited.title", { shop: shopName })}>
      <Line>{say("staff_invited.body", { name, shop: shopName, role: known ? say(`staff_invited.roles.${known}`) : role })}</Line>
      <Line>{say("staff_invited.hint", { days })}</Line>
      <Way scene={scene} path={link} label={say("staff_invited.action")} />
      <Small>{say("notYou")}</Small>
    </MailFrame>
  );
}
