import { useId, type ReactNode } from "react";
import { Panel } from "@/components/ui/card";

type SectionProps = { title: string; lead?: ReactNode; children: ReactNode };

/** One matter of the account, with its heading. */
export function Section({ title, lead, children }: SectionProps) {
  const id = useId();
  return (
    <Panel aria-labelledby={id}>
      <h2 id={id} className="text-body font-semibold">{title}</h2>
      {lead && <p className="mt-1 text-dense text-muted">{lead}</p>}
      <div className="mt-4">{children}</div>
    </Panel>
  );
}
