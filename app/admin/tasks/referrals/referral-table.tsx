import { useTranslations } from "next-intl";
import { decideReferralForm } from "../actions";
import { DecideForm } from "./decide-form";
import { DataTable, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import { Moment } from "@/components/admin/moment";
import { Badge, type Progress, type Tone } from "@/components/ui/badge";
import { publicId } from "@/lib/id";
import type { ReferralStatus } from "@/lib/sharing/queries";
import type { StaffReferral } from "@/lib/sharing/staff-queries";
import Link from "next/link";

const looks: Record<ReferralStatus, { tone: Tone; progress: Progress }> = {
  review: { tone: "warning", progress: "waiting" },
  open: { tone: "info", progress: "underway" },
  rewarded: { tone: "success", progress: "done" },
  refused: { tone: "neutral", progress: "ended" },
};

type ReferralTableProps = { referrals: readonly StaffReferral[]; now: Date; zone: string };

export function ReferralTable({ referrals, now, zone }: ReferralTableProps) {
  const t = useTranslations("adminTasks.referrals");
  const columns: Column<StaffReferral>[] = [
    { key: "friend", label: t("columns.friend"), phone: "title", cell: ({ friendId, friendName }) => <PersonLink id={friendId} name={friendName} /> },
    { key: "status", label: t("columns.status"), phone: "corner", cell: ({ status }) => <Badge {...looks[status]}>{t(`status.${status}`)}</Badge> },
    { key: "inviter", label: t("columns.inviter"), phone: "pair", cell: ({ inviterId, inviterName }) => <PersonLink id={inviterId} name={inviterName} /> },
    { key: "flags", label: t("columns.flags"), phone: "line", cell: ({ flags }) => <Flags flags={flags} /> },
    { key: "created", label: t("columns.created"), phone: "pair", sorted: "descending", cell: ({ createdAt }) => <span className="text-muted"><Moment at={createdAt} now={now} zone={zone} /></span> },
    { key: "decide", label: t("columns.decide"), phone: "line", cell: (referral) => <Decide referral={referral} /> },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={referrals} keyOf={({ friendId }) => friendId} />;
}

const PersonLink = ({ id, name }: { id: number; name: string }) => (
  <Link href={hrefWith(`/admin/users/${id}`)} prefetch={false} className="inline-flex min-h-6 items-center font-semibold hover:underline">{name}</Link>
);

function Flags({ flags }: Pick<StaffReferral, "flags">) {
  const t = useTranslations("adminTasks.referrals");
  if (flags.length === 0) return <span className="text-muted">{t("noFlags")}</span>;
  return <span className="flex flex-wrap gap-1.5">{flags.map((flag) => <Badge key={flag} tone="warning">{t(`flags.${flag}`)}</Badge>)}</span>;
}

function Decide({ referral: { friendId, friendName, status } }: { referral: StaffReferral }) {
  const t = useTranslations("adminTasks.referrals");
  const common = useTranslations("common");
  if (status !== "review") return null;
  return (
    <DecideForm
      action={decideReferralForm} friendId={friendId} requestId={publicId()}
      words={{ approve: t("approve"), approveLabel: t("approveLabel", { friend: friendName }), refuse: t("refuse"), refuseLabel: t("refuseLabel", { friend: friendName }), pending: common("pending") }}
    />
  );
}
