import { useLocale, useTranslations } from "next-intl";
import { inviteForm, resendForm, revokeForm } from "./actions";
import { LinkCommand, type LinkWords } from "./link-command";
import { givable } from "./role-choice";
import { RoleName, useRoleOptions } from "./role-name";
import { CommandForm } from "@/components/admin/command-form";
import { DataTable, type Column } from "@/components/admin/data-table";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { maskEmail } from "@/lib/accounts/mask";
import type { StaffRole } from "@/lib/accounts/roles/queries";
import type { OpenInvitation } from "@/lib/accounts/team/queries";
import type { Staff } from "@/lib/auth";
import { formatInstant } from "@/lib/i18n";
import { publicId } from "@/lib/id";

type InvitationsProps = { invitations: readonly OpenInvitation[]; roles: readonly StaffRole[]; staff: Staff; now: Date; zone: string };

/** Who was asked to join and has not answered. Whoever manages the team sees the address that they typed themselves. */
export function Invitations({ invitations, roles, staff, now, zone }: InvitationsProps) {
  const t = useTranslations("adminAccess.invitations");
  const manages = staff.permissions.has("staff.manage");
  return (
    <Card as="section" padded={false} aria-labelledby="invitations-title">
      <h2 id="invitations-title" className="px-4 pt-4 pb-3 text-section font-semibold">{t("title")}</h2>
      {invitations.length === 0 ? <p className="px-4 pb-4 text-dense text-muted">{t("empty")}</p> : <InvitationTable invitations={invitations} manages={manages} now={now} zone={zone} />}
      {manages && <Invite roles={givable(staff, roles)} />}
    </Card>
  );
}

function useLinkWords(): LinkWords {
  const t = useTranslations("adminAccess.invitations");
  const common = useTranslations("common");
  return { lead: t("copyLead"), link: t("link"), copy: t("copy"), copied: t("copied"), pending: common("pending") };
}

function Invite({ roles }: { roles: readonly StaffRole[] }) {
  const t = useTranslations("adminAccess.invitations");
  const [words, options] = [useLinkWords(), useRoleOptions(roles)];
  return (
    <section aria-labelledby="invite-title" className="max-w-2xl border-t border-border p-4">
      <h3 id="invite-title" className="text-body font-semibold">{t("invite")}</h3>
      <p className="mt-1 mb-3.5 text-caption text-muted">{t("inviteHint")}</p>
      <LinkCommand action={inviteForm} label={t("invite")} hidden={{ requestId: publicId() }} submit={t("send")} words={words} asks={{ email: t("email"), role: t("role"), choose: t("choose"), roles: options }} />
    </section>
  );
}

type TableProps = { invitations: readonly OpenInvitation[]; manages: boolean; now: Date; zone: string };

function InvitationTable({ invitations, manages, now, zone }: TableProps) {
  const t = useTranslations("adminAccess.invitations");
  const common = useTranslations("common");
  const locale = useLocale();
  const words = useLinkWords();
  const columns: Column<OpenInvitation>[] = [
    { key: "email", label: t("email"), phone: "title", cell: ({ email }) => <span className="font-medium break-all">{manages ? email : maskEmail(email)}</span> },
    { key: "role", label: t("role"), phone: "corner", cell: (invitation) => <RoleName {...invitation} /> },
    { key: "by", label: t("by"), phone: "pair", cell: ({ invitedBy }) => invitedBy },
    {
      key: "expires", label: t("expires"), phone: "pair",
      cell: ({ expiresAt }) => (expiresAt > now ? t("until", { at: formatInstant(locale, expiresAt, zone) }) : <Badge tone="warning" progress="ended">{t("expired")}</Badge>),
    },
    ...(manages
      ? [{
          key: "actions", label: t("actions"), phone: "line" as const,
          cell: ({ id, email }: OpenInvitation) => (
            <div className="flex flex-wrap gap-2 sm:justify-end">
              <LinkCommand action={resendForm} label={t("resendTo", { email })} hidden={{ requestId: publicId(), id }} submit={t("resend")} look="secondary" words={words} />
              <CommandForm action={revokeForm} label={t("revokeOf", { email })} hidden={{ requestId: publicId(), id }} submit={t("revoke")} pending={common("pending")} look="danger" />
            </div>
          ),
        }]
      : []),
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={invitations} keyOf={({ id }) => id} />;
}
