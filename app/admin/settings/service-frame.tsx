import type { ReactNode } from "react";
import { SettingsTabs } from "./settings-tabs";
import type { ServicePage } from "./sections";
import { PageHeader } from "@/components/page-header";
import { Card } from "@/components/ui/card";

type ServiceFrameProps = { title: string; current: ServicePage; heading: string; facts: readonly { name: string; value: ReactNode }[]; children: ReactNode };

/** What the shop leans on: how it is set up, and the way to try it out. */
export function ServiceFrame({ title, current, heading, facts, children }: ServiceFrameProps) {
  return (
    <>
      <PageHeader title={title} />
      <SettingsTabs current={current} />
      <Card as="section" aria-labelledby="service-title" className="max-w-4xl">
        <h2 id="service-title" className="mb-3 text-section font-semibold">{heading}</h2>
        <dl className="mb-4 grid gap-x-6 gap-y-2 text-dense sm:grid-cols-[max-content_minmax(0,1fr)]">
          {facts.map(({ name, value }) => <div key={name} className="contents"><dt className="text-muted max-sm:-mb-1.5">{name}</dt><dd className="min-w-0 break-words">{value}</dd></div>)}
        </dl>
        {children}
      </Card>
    </>
  );
}
