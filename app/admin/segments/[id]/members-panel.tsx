import { getTranslations } from "next-intl/server";
import type { Reading } from "../../../(shop)/reading";
import { membersHref } from "../filter";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import { Moment } from "@/components/admin/moment";
import { Pager } from "@/components/admin/resource-index";
import { Card } from "@/components/ui/card";
import type { Turned } from "@/lib/page";
import type { Member, StaffSegment } from "@/lib/segments/staff-queries";

type MembersPanelProps = { segment: StaffSegment; members: Turned<Member>; reading: Reading };

/** The people who were written down for a segment. */
export async function MembersPanel({ segment, members, reading: { now, policy } }: MembersPanelProps) {
  const t = await getTranslations("adminSegments.members");
  const columns: Column<Member>[] = [
    { key: "person", label: t("person"), phone: "title", cell: ({ id, username, email }) => <><RowLink href={hrefWith(`/admin/users/${id}`)}>{username}</RowLink><span className="block text-caption break-all text-muted">{email}</span></> },
    { key: "since", label: t("since"), phone: "pair", cell: ({ since }) => <span className="text-muted"><Moment at={since} now={now} zone={policy.timeZone} /></span> },
  ];
  return (
    <Card as="section" padded={false} aria-labelledby="members-title" className="mt-4 overflow-hidden">
      <h2 id="members-title" className="p-4 text-section font-semibold">{t("title")}</h2>
      {members.rows.length === 0 ? <p className="border-t border-border p-4 text-dense text-muted">{t("empty")}</p> : (
        <>
          <DataTable caption={t("caption")} columns={columns} rows={members.rows} keyOf={({ id }) => id} />
          <Pager
            summary={t("summary", { count: segment.members })} previous={members.previousAfter === null ? null : membersHref(segment.id, { after: members.previousAfter })}
            next={members.nextBefore === null ? null : membersHref(segment.id, { before: members.nextBefore })}
          />
        </>
      )}
    </Card>
  );
}
