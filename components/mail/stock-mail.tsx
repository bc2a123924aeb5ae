import type { MailProps } from "@/lib/events/mail";
import { Line, MailFrame, Way } from "./frame";
import type { MailScene } from "./scene";

/** To an owner: what runs low, the first few by name. */
export function StockLowMail({ scene, name, skus, items, link }: { scene: MailScene } & MailProps<"stock_low">) {
  const { say } = scene;
  return (
    <MailFrame scene={scene} preview={say("stock_low.preview")} title={say("stock_low.title", { skus })} fewer>
      <Line>{say("hello", { name })}</Line>
      <Line>{say("stock_low.body")}</Line>
      {items.map((item, index) => <Line key={index}>{say("stock_low.line", item)}</Line>)}
      {skus > items.length && <Line>{say("stock_low.more", { count: skus - items.length })}</Line>}
      <Way scene={scene} path={link} label={say("stock_low.action")} />
    </MailFrame>
  );
}

/** To somebody who waited. */
export function StockBackMail({ scene, name, product, link }: { scene: MailScene } & MailProps<"stock_back">) {
  const { say } = scene;
  const body = say("stock_back.body", { product });
  return (
    <MailFrame scene={scene} preview={say("stock_back.preview")} title={say("stock_back.title")} fewer>
      <Line>{say("hello", { name })}</Line>
      <Line>{body}</Line>
      <Way scene={scene} path={link} label={say("stock_back.action")} />
    </MailFrame>
  );
}
