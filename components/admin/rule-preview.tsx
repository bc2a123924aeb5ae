import { Card } from "../ui/card";
import { Icon } from "../ui/icon";
import type { RulePreview } from "./rule-draft";
import type { RuleWords } from "./rule-words";

/** The rule as it reads, and what the merchant may not have meant. */
export function PreviewPanel({ preview: { sentence, warnings }, words, className }: { preview: RulePreview; words: RuleWords; className?: string }) {
  return (
    <Card as="section" aria-labelledby="sentence-title" className={className}>
      <h2 id="sentence-title" className="mb-2 text-section font-semibold">{words.sentence}</h2>
      <div role="status" className="grid gap-3">
        <p id="rule-sentence" className={sentence ? "text-body text-pretty" : "text-dense text-muted"}>{sentence ?? words.incomplete}</p>
        {sentence && (warnings.length > 0 ? <Warnings warnings={warnings} title={words.warningsTitle} /> : (
          <p className="flex items-start gap-1.5 text-caption text-muted"><Icon name="check" size={16} className="mt-0.5 text-success" />{words.noWarnings}</p>
        ))}
      </div>
    </Card>
  );
}

export function Warnings({ warnings, title }: { warnings: readonly string[]; title: string }) {
  return (
    <ul aria-label={title} className="grid gap-1.5">
      {warnings.map((warning) => (
        <li key={warning} className="flex items-start gap-1.5 text-caption text-warning"><Icon name="alert" size={16} className="mt-0.5" /><span>{warning}</span></li>
      ))}
    </ul>
  );
}
