import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { claimForm } from "./actions";
import { ClaimButton } from "./claim-button";
import { lastMoment, readFaces, type TicketFace } from "./coupon-views";
import { Ticket } from "./ticket";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import type { Claimable } from "@/lib/coupons/queries";
import { publicId } from "@/lib/id";

type ClaimCentreProps = { offers: readonly Claimable[]; reading: Reading; isGuest: boolean; /** Frozen or held: nothing can be claimed. */ isClosed: boolean };

/** What can be claimed now: how many are left, how many one has, and what is gone. */
export async function ClaimCentre({ offers, reading, isGuest, isClosed }: ClaimCentreProps) {
  const faceOf = await readFaces(reading, offers.map(({ template }) => template));
  return (
    <ul className="grid gap-3">
      {offers.map((offer) => {
        const face = faceOf(offer.template);
        return (
          <li key={offer.template.id}>
            <Ticket
              face={face} isOver={offer.state === "gone"} note={<Facts offer={offer} reading={reading} />}
              action={isGuest && offer.state !== "gone" ? <SignIn /> : <Next offer={offer} face={face} isClosed={isClosed} />}
            />
          </li>
        );
      })}
    </ul>
  );
}

async function Facts({ offer: { template, left, claimed }, reading }: { offer: Claimable; reading: Reading }) {
  const t = await getTranslations("coupons");
  const facts = [
    template.validUntil ? t("until", { until: lastMoment(reading, template.validUntil) }) : t("validDays", { days: template.validDays ?? 0 }),
    ...(template.claimUntil ? [t("claimUntil", { until: lastMoment(reading, template.claimUntil) })] : []),
    ...(left !== null && left > 0 ? [t("left", { left })] : []),
    ...(claimed > 0 && template.claimLimit > 1 ? [t("claimedOf", { claimed, limit: template.claimLimit })] : []),
  ];
  return <ul className="flex flex-wrap gap-x-3">{facts.map((fact) => <li key={fact}>{fact}</li>)}</ul>;
}

/** The one thing to do next with an offer. */
async function Next({ offer: { template, state }, face, isClosed }: { offer: Claimable; face: TicketFace; isClosed: boolean }) {
  const t = await getTranslations("coupons");
  switch (state) {
    case "open":
      return (
        <ClaimButton
          action={claimForm} templateId={template.id} requestId={publicId()} isClosed={isClosed}
          words={{ claim: t("claim"), pending: t("claimPending"), claimed: t("claimed"), label: t("claimLabel", { name: face.name }) }}
        />
      );
    case "claimed":
      return (
        <span className="flex items-center gap-3">
          <Badge tone="success" progress="done">{t("claimed")}</Badge>
          <ButtonLink href={face.href} aria-label={t("useLabel", { name: face.name })}>{t("use")}</ButtonLink>
        </span>
      );
    case "not_for_you":
      return <Badge progress="ended">{t("notForYou")}</Badge>;
    default:
      return <Badge progress="ended">{t("gone")}</Badge>;
  }
}

async function SignIn() {
  const t = await getTranslations("coupons");
  return <ButtonLink href={"/sign-in?next=%2Fcoupons%3Ftab%3Dcentre" as Route} look="primary">{t("guest")}</ButtonLink>;
}
