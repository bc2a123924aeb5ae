import clsx from "clsx";
import { useTranslations } from "next-intl";
import type { Route } from "next";
import Link from "next/link";
import { Icon } from "../ui/icon";
import type { Setup, SetupStep } from "@/lib/reports/setup/checklist";

type SetupListProps = { setup: Setup; /** Where each step is done; none for what the role may not do. */ hrefs: Readonly<Record<SetupStep, Route | null>> };

/** What a new shop needs, done and still to do: each step that is open leads to where it is done. */
export function SetupList({ setup, hrefs }: SetupListProps) {
  const t = useTranslations("adminFrame.setup");
  return (
    <ol className="grid gap-1 sm:grid-cols-2">
      {setup.steps.map(({ step, isDone }) => {
        const href = hrefs[step];
        const body = (
          <>
            <span aria-hidden="true" className={clsx("mt-0.5 grid size-5 shrink-0 place-items-center rounded-full border", isDone ? "border-primary bg-primary text-on-primary" : "border-input")}>{isDone && <Icon name="check" size={16} />}</span>
            <span className="min-w-0 grow">
              <span className={clsx("block text-dense font-medium", isDone && "text-muted")}>{t(`steps.${step}.title`)}<span className="sr-only"> · {t(isDone ? "done" : "open")}</span></span>
              {!isDone && <span className="block text-meta text-muted">{href ? t(`steps.${step}.hint`) : t("unavailable")}</span>}
            </span>
            {!isDone && href && <Icon name="chevron-right" size={16} className="mt-1 text-muted" />}
          </>
        );
        const look = "flex min-h-11 items-start gap-3 rounded-control px-2 py-2";
        return <li key={step}>{isDone || !href ? <div className={look}>{body}</div> : <Link href={href} className={clsx(look, "pressable hover:bg-sunken")}>{body}</Link>}</li>;
      })}
    </ol>
  );
}
