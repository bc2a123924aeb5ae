/** Facts that others act on or ask about later. `subject` is what an auditor would search for. */
export type Fact =
  | { name: "account.registered"; subject: Subject<"user">; data: Record<string, never> }
  | { name: "account.signed_out_everywhere"; subject: Subject<"user">; data: Record<string, never> }
  | { name: "account.frozen"; subject: Subject<"user">; data: { reason: string } }
  | { name: "account.unfrozen"; subject: Subject<"user">; data: Record<string, never> }
  | { name: "account.role_changed"; subject: Subject<"user">; data: { from: string; to: string } }
  | { name: "points.earned"; subject: Subject<"user">; data: { action: string; points: number } }
  | { name: "points.checked_in"; subject: Subject<"user">; data: { day: string; streakDays: number; points: number } }
  | { name: "points.expired"; subject: Subject<"user">; data: { points: number } }
  | { name: "points.adjusted"; subject: Subject<"user">; data: { points: number; reason: string } }
  | { name: "product.created"; subject: Subject<"product">; data: Changes }
  | { name: "product.changed"; subject: Subject<"product">; data: Changes }
  | { name: "stock.adjusted"; subject: Subject<"sku">; data: { from: number; to: number; note: string } }
  | { name: "order.redeemed"; subject: Subject<"order">; data: { points: number; cashDueCents: number } }
  | { name: "order.paid"; subject: Subject<"order">; data: { cents: number; provider: string } }
  | { name: "order.cancelled"; subject: Subject<"order">; data: { reason: string; points: number } }
  | { name: "order.shipped"; subject: Subject<"order">; data: { carrier: string; trackingNumber: string } }
  | { name: "order.completed"; subject: Subject<"order">; data: Record<string, never> };

type Subject<Type extends string> = { type: Type; id: string };
/** What a change set, field by field: [before, after]. */
type Changes = { changes: Record<string, [unknown, unknown]> };
