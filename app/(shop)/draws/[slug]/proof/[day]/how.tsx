import { getTranslations } from "next-intl/server";
import { Panel } from "@/components/ui/card";
import { messageOf } from "@/lib/draws/fair";

const pythonFor = (address: string): string => `import hashlib, hmac, json, urllib.request
p = json.load(urllib.request.urlopen("${address}"))
table = [json.loads(line) for line in p["prizeTable"].split("\\n")]
assert hashlib.sha256((p["seed"] + "\\n" + p["prizeTable"]).encode()).hexdigest() == p["commitment"]
for s in p["spins"]:
    for k in range(20):
        m = f'{p["slug"]}:{p["day"]}:{s["nonce"]}:{k}'
        n = int(hmac.new(p["seed"].encode(), m.encode(), "sha256").hexdigest()[:8], 16)
        if n < 4294000000: break
    hit = next((t[0] for i, t in enumerate(table) if n % 10**6 < sum(x[1] for x in table[:i + 1])), None)
    assert (s["roll"], s["rolledPrizeId"]) == (n % 10**6, hit), s["nonce"]
print("ok", len(p["spins"]))`;

const opensslFor = (message: string): string => `printf %s '${message}' | openssl dgst -sha256 -hmac SEED`;

/** The rule in words, and as something to run. */
export async function How({ slug, day, address }: { slug: string; day: string; address: string }) {
  const t = await getTranslations("draws.proof");
  const message = messageOf({ slug, day }, 0, 0);
  return (
    <Panel aria-labelledby="how" className="mt-3">
      <h2 id="how" className="mb-2 text-body font-semibold">{t("how")}</h2>
      <ol className="grid list-decimal gap-2 ps-5 text-dense">
        <li>{t("steps.commit")}</li>
        <li>{t("steps.roll", { message })}</li>
        <li>{t("steps.prize")}</li>
      </ol>
      <p className="mt-2 text-dense text-muted">{t("steps.limits")}</p>
      <Code title={t("python")} text={pythonFor(address)} />
      <Code title={t("openssl")} text={opensslFor(message)} />
    </Panel>
  );
}

function Code({ title, text }: { title: string; text: string }) {
  return (
    <>
      <h3 className="mt-4 mb-1.5 text-dense font-semibold">{title}</h3>
      <pre tabIndex={0} aria-label={title} className="overflow-x-auto rounded-control bg-sunken p-3.5 font-mono text-caption whitespace-pre"><code className="whitespace-pre">{text}</code></pre>
    </>
  );
}
