import { useTranslations } from "next-intl";
import type { Reading } from "../../(shop)/reading";
import { clearForm } from "./actions";
import { EvidenceTable } from "./evidence";
import { invariantName } from "./invariant-names";
import { CommandForm } from "@/components/admin/command-form";
import { hrefWith } from "@/components/admin/href";
import { Moment } from "@/components/admin/moment";
import { EmptyState } from "@/components/empty-state";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import type { HeldAccount } from "@/lib/audit/queries";
import { publicId } from "@/lib/id";

type HeldAccountsProps = { held: { accounts: readonly HeldAccount[]; hasMore: boolean }; isOwner: boolean; reading: Reading };

/** People who earn nothing until somebody has looked, with what was found of each. */
export function HeldAccounts({ held: { accounts, hasMore }, isOwner, reading }: HeldAccountsProps) {
  const t = useTranslations("adminBooks");
  return (
    <Card as="section" padded={false} aria-labelledby="held-title" className="overflow-hidden">
      <div className="px-4 pt-4 pb-3">
        <h2 id="held-title" className="text-section font-semibold">{t("held")}</h2>
        <p className="text-caption text-muted">{t("heldHint")}</p>
      </div>
      {accounts.length === 0 && <div className="border-t border-border"><EmptyState scene="first" heading="p" title={t("nobodyHeld")}>{t("nobodyHeldHint")}</EmptyState></div>}
      {accounts.map((account) => <Held key={account.userId} account={account} isOwner={isOwner} reading={reading} />)}
      {hasMore && <p className="border-t border-border px-4 py-3 text-caption text-muted">{t("moreHeld")}</p>}
    </Card>
  );
}

function Held({ account: { userId, username, holds }, isOwner, reading: { now, policy } }: { account: HeldAccount; isOwner: boolean; reading: Reading }) {
  const t = useTranslations("adminBooks");
  return (
    <article aria-label={username} className="grid grid-cols-[minmax(0,1fr)] gap-3 border-t border-border px-4 py-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-body font-semibold break-all">{username}</h3>
        <p className="flex flex-wrap gap-2">
          <ButtonLink href={hrefWith(`/admin/books/${userId}`)} size="filter">{t("toTrace")}</ButtonLink>
          <ButtonLink href={hrefWith(`/admin/users/${userId}`)} size="filter">{t("toAccount")}</ButtonLink>
        </p>
      </div>
      {holds.map((hold) => (
        <div key={hold.id}>
          <p className="text-dense"><span className="font-medium">{invariantName(hold.invariant, t)}</span> <span className="text-caption text-muted"><Moment at={hold.createdAt} now={now} zone={policy.timeZone} /></span></p>
          <EvidenceTable caption={t("evidenceOf", { invariant: invariantName(hold.invariant, t) })} evidence={hold.evidence} />
        </div>
      ))}
      {isOwner ? <Clear userId={userId} /> : <p className="text-caption text-muted">{t("ownersClear")}</p>}
    </article>
  );
}

function Clear({ userId }: { userId: number }) {
  const t = useTranslations("adminBooks");
  const common = useTranslations("common");
  return (
    <CommandForm
      action={clearForm} label={t("clear")} hidden={{ requestId: publicId(), userId }} submit={t("clear")} pending={common("pending")} look="secondary"
      fields={[{ name: "note", id: `note-${userId}`, label: t("note"), hint: t("noteHint"), maxLength: 200, autoComplete: "off" }]}
    />
  );
}
