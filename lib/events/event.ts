/** Facts that others act on or ask about later. `subject` is what an auditor would search for. */
export type Fact =
  | { name: "account.registered"; subject: Subject<"user">; data: Record<string, never> }
  | { name: "account.verified"; subject: Subject<"user">; data: Record<string, never> }
  | { name: "account.password_changed"; subject: Subject<"user">; data: { by: "reset" | "owner" } }
  | { name: "account.email_changed"; subject: Subject<"user">; data: Record<string, never> }
  | { name: "account.changed"; subject: Subject<"user">; data: { fields: string[] } }
  | { name: "account.exported"; subject: Subject<"user">; data: Record<string, never> }
  | { name: "addresses.exported"; subject: Subject<"user">; data: { orders: number } }
  | { name: "account.erased"; subject: Subject<"user">; data: Record<string, never> }
  | { name: "account.held"; subject: Subject<"user">; data: { invariant: string } }
  | { name: "account.cleared"; subject: Subject<"user">; data: { note: string } }
  | { name: "account.level_changed"; subject: Subject<"user">; data: { from: string; to: string; isUp: boolean } }
  | { name: "account.signed_out_everywhere"; subject: Subject<"user">; data: Record<string, never> }
  | { name: "account.frozen"; subject: Subject<"user">; data: { reason: string; /** When it ends by itself. */ until: string | null } & Partial<Changes> }
  | { name: "account.unfrozen"; subject: Subject<"user">; data: Partial<Changes> & { /** Ended by itself. */ isOver?: true } }
  | { name: "device.shared" | "address.shared"; subject: Subject<"user">; data: { accounts: number } }
  | { name: "risk.raised"; subject: Subject<"user">; data: { rule: string; mode: string } }
  | { name: "risk.decided"; subject: Subject<"risk_alert">; data: Changes & { userId: number; rule: string } }
  | { name: "appeal.written"; subject: Subject<"appeal">; data: { userId: number } }
  | { name: "appeal.decided"; subject: Subject<"appeal">; data: Changes & { userId: number } }
  | { name: "account.role_changed"; subject: Subject<"user">; data: { from: string; to: string } & Changes }
  | { name: "account.second_factor_added"; subject: Subject<"user">; data: Record<string, never> }
  | { name: "account.second_factor_removed"; subject: Subject<"user">; data: { by: "owner" | "staff" } }
  | { name: "account.recovery_codes_renewed"; subject: Subject<"user">; data: Record<string, never> }
  | { name: "account.recovery_code_used"; subject: Subject<"user">; data: { left: number } }
  | { name: "staff_role.created"; subject: Subject<"staff_role">; data: Changes }
  | { name: "staff_role.changed"; subject: Subject<"staff_role">; data: Changes }
  | { name: "staff_role.deleted"; subject: Subject<"staff_role">; data: Changes }
  | { name: "invitation.sent"; subject: Subject<"invitation">; data: { roleId: number; again: boolean } }
  | { name: "invitation.revoked"; subject: Subject<"invitation">; data: Record<string, never> }
  | { name: "invitation.accepted"; subject: Subject<"invitation">; data: { userId: number } }
  | { name: "points.earned"; subject: Subject<"user">; data: { action: string; points: number } }
  | { name: "points.checked_in"; subject: Subject<"user">; data: { day: string; streakDays: number; points: number } }
  | { name: "points.pending"; subject: Subject<"user">; data: { action: string; points: number } }
  | { name: "points.activated"; subject: Subject<"user">; data: { points: number } }
  | { name: "points.clawed_back"; subject: Subject<"user">; data: { points: number; debt: number; reason: string } }
  | { name: "points.day_made_up"; subject: Subject<"user">; data: { day: string; streakDays: number; points: number } }
  | { name: "task.claimed"; subject: Subject<"user">; data: { taskId: number; period: string; points: number } }
  | { name: "task.rolled_back"; subject: Subject<"user">; data: { taskId: number; period: string; points: number } }
  | { name: "task.created"; subject: Subject<"task">; data: Changes }
  | { name: "task.changed"; subject: Subject<"task">; data: Changes }
  | { name: "rule.created"; subject: Subject<"rule">; data: Changes & { version: number } }
  | { name: "rule.changed"; subject: Subject<"rule">; data: Changes & { version: number } }
  | { name: "level.created"; subject: Subject<"level">; data: Changes }
  | { name: "level.changed"; subject: Subject<"level">; data: Changes }
  | { name: "mail.retried"; subject: Subject<"mail">; data: Record<string, never> }
  | { name: "job.run"; subject: Subject<"job">; data: Record<string, never> }
  | { name: "event.given_up"; subject: Subject<"event">; data: { event: string; of: string; reason: string } }
  | { name: "event.retried"; subject: Subject<"event">; data: { event: string; done: boolean } }
  | { name: "settings.changed"; subject: Subject<"settings">; data: Changes }
  | { name: "share.visited"; subject: Subject<"user">; data: { subject: string } }
  | { name: "referral.opened"; subject: Subject<"user">; data: { inviterId: number; flags: string[] } }
  | { name: "referral.settled"; subject: Subject<"user">; data: { inviterId: number; status: string } }
  | { name: "review.written"; subject: Subject<"review">; data: { userId: number; productId: number; rating: number } }
  | { name: "review.moderated"; subject: Subject<"review">; data: { userId: number; productId: number; status: string } & Partial<Changes> }
  | { name: "custom.received"; subject: Subject<"user">; data: { event: string; externalId: string } }
  | { name: "audit.sealed"; subject: Subject<"seal">; data: { chain: string; from: number; to: number; rows: number; digest: string; ids: string; marks: string } }
  | { name: "audit.checked"; subject: Subject<"audit">; data: { seals: number; isWhole: boolean } }
  | { name: "audit.broken"; subject: Subject<"audit">; data: { chain: string; from: number; to: number; fault: string } }
  | { name: "audit.exported"; subject: Subject<"audit">; data: { filter: string } }
  | { name: "books.checked"; subject: Subject<"settings">; data: { findings: number } }
  | { name: "points.expired"; subject: Subject<"user">; data: { points: number } }
  | { name: "points.adjusted"; subject: Subject<"user">; data: { points: number; reason: string } }
  | { name: "adjustment.requested" | "adjustment.applied" | "adjustment.rejected" | "adjustment.withdrawn"; subject: Subject<"adjustment">; data: Changes & { userId: number; points: number; reason: string; makerId: number } }
  | { name: "adjustment_batch.requested" | "adjustment_batch.applied" | "adjustment_batch.rejected" | "adjustment_batch.withdrawn"; subject: Subject<"adjustment_batch">; data: Changes & { people: number; pointsIn: number; pointsOut: number; reason: string; makerId: number } }
  | { name: "product.created"; subject: Subject<"product">; data: Changes }
  | { name: "product.changed"; subject: Subject<"product">; data: Changes }
  | { name: "category.created"; subject: Subject<"category">; data: Changes }
  | { name: "category.changed"; subject: Subject<"category">; data: Changes }
  | { name: "category.deleted"; subject: Subject<"category">; data: Changes }
  | { name: "picture.added"; subject: Subject<"picture">; data: { width: number; height: number; bytes: number } }
  | { name: "stock.adjusted"; subject: Subject<"sku">; data: { from: number; to: number; note: string } }
  | { name: "order.redeemed"; subject: Subject<"order">; data: { points: number; cashDueCents: number; delivers: boolean } }
  | { name: "order.paid"; subject: Subject<"order">; data: { cents: number; provider: string; delivers: boolean } }
  | { name: "order.paid_late"; subject: Subject<"order">; data: { cents: number; provider: string } }
  | { name: "order.cancelled"; subject: Subject<"order">; data: { reason: string; points: number } & Partial<Changes> }
  | { name: "order.shipped"; subject: Subject<"order">; data: { carrier: string; trackingNumber: string } & Partial<Changes> }
  | { name: "order.refunded"; subject: Subject<"order">; data: { refundId: string; quantity: number; points: number; cents: number; clawedBack: number } }
  | { name: "order.completed"; subject: Subject<"order">; data: Partial<Changes> }
  | { name: "draw.created"; subject: Subject<"draw">; data: Changes }
  | { name: "draw.changed"; subject: Subject<"draw">; data: Changes }
  | { name: "draw.revealed"; subject: Subject<"draw">; data: { day: string; spins: number } }
  | { name: "draw.spun"; subject: Subject<"user">; data: { drawId: number; spinId: string; prize: string; points: number } }
  | { name: "draw.spins_granted"; subject: Subject<"user">; data: { drawId: number; quantity: number; reason: string } }
  | { name: "order.ready_for_pickup"; subject: Subject<"order">; data: Record<string, never> }
  | { name: "order.picked_up"; subject: Subject<"order">; data: { pieces: number } }
  | { name: "order.parcel_sent"; subject: Subject<"order">; data: { shipmentId: number; carrier: string; trackingNumber: string; pieces: number; isLast: boolean } }
  | { name: "order.parcel_corrected"; subject: Subject<"order">; data: Changes & { shipmentId: number } }
  | { name: "code.short"; subject: Subject<"order">; data: { missing: number } }
  | { name: "code.revealed"; subject: Subject<"order">; data: { codeId: number; line: number } }
  | { name: "codes.taken_back"; subject: Subject<"order">; data: { line: number; returned: number; voided: number } }
  | { name: "codes.added"; subject: Subject<"sku">; data: { codes: number; from: number; to: number } }
  | { name: "codes.voided"; subject: Subject<"sku">; data: { codes: number; from: number; to: number; note: string } }
  | { name: "pickup_point.created"; subject: Subject<"pickup_point">; data: Changes }
  | { name: "pickup_point.changed"; subject: Subject<"pickup_point">; data: Changes }
  | { name: "coupon_template.created"; subject: Subject<"coupon_template">; data: Changes }
  | { name: "coupon_template.changed"; subject: Subject<"coupon_template">; data: Changes }
  | { name: "coupon_template.granting"; subject: Subject<"coupon_template">; data: { grantId: string; segmentId: number; people: number } }
  | { name: "coupon_template.granted"; subject: Subject<"coupon_template">; data: { grantId: string; segmentId: number; given: number; missed: number } }
  | { name: "coupon_template.codes_made"; subject: Subject<"coupon_template">; data: { batch: string; quantity: number } }
  | { name: "coupon_template.codes_downloaded"; subject: Subject<"coupon_template">; data: { batch: string } }
  | { name: "coupon_template.codes_voided"; subject: Subject<"coupon_template">; data: { batch: string; quantity: number } }
  | { name: "coupon.issued"; subject: Subject<"coupon">; data: { templateId: number; userId: number; source: string } }
  | { name: "coupon.claimed"; subject: Subject<"coupon">; data: { templateId: number; userId: number; how: "claim" | "code" } }
  | { name: "coupon.voided"; subject: Subject<"coupon">; data: { templateId: number; userId: number | null; reason: string } & Partial<Changes> }
  | { name: "segment.created"; subject: Subject<"segment">; data: Changes }
  | { name: "segment.changed"; subject: Subject<"segment">; data: Changes }
  | { name: "segment.refresh_asked"; subject: Subject<"segment">; data: Record<string, never> }
  | { name: "segment.refreshed"; subject: Subject<"segment">; data: { members: number; joined: number; left: number } }
  | { name: "view.changed"; subject: Subject<"view">; data: Changes & { list: string } }
  | { name: "list.exported"; subject: Subject<"user">; data: { list: string; query: string; rows: number; withContacts: boolean } }
  | { name: "bulk.asked"; subject: Subject<"bulk">; data: { operation: string; rows: number; query: string | null; reason: string | null } }
  | { name: "bulk.ended"; subject: Subject<"bulk">; data: { operation: string; status: string; done: number; failed: number } }
  | { name: "flash.planned"; subject: Subject<"flash">; data: Changes }
  | { name: "flash.changed"; subject: Subject<"flash">; data: Changes }
  | { name: "flash.closed"; subject: Subject<"flash">; data: { isEarly: boolean; returned: number } }
  | { name: "data.imported"; subject: Subject<"settings">; data: { fileName: string; rows: number; made: number; known: number; faulty: number } }
  | { name: "flash.returned"; subject: Subject<"flash">; data: { returned: number } };

type Subject<Type extends string> = { type: Type; id: string };
/** What a change set, field by field: [before, after]. */
type Changes = { changes: Record<string, [unknown, unknown]> };
