/** The people of the demo shop. The seed creates them, `npm run up` prints them. */
export const demoAccounts = [
  { title: "Shopper", name: "Lin", role: "shopper", email: "lin@demo.points", password: "jade-amber-2026" },
  { title: "Merchant", name: "Wei", role: "staff", email: "merchant@demo.points", password: "cedar-copper-2026" },
  { title: "Approver", name: "Qiao", role: "owner", email: "approver@demo.points", password: "lotus-silver-2026" },
];

/** The rest of the demo's team, one in each role; "counter" is a role of the merchant's own. */
export const demoStaff = [
  { name: "Nana", role: "support", email: "support@demo.points", password: "maple-linen-2026" },
  { name: "Bo", role: "fulfilment", email: "fulfilment@demo.points", password: "basalt-rope-2026" },
  { name: "Yun", role: "analyst", email: "analyst@demo.points", password: "quartz-ledger-2026" },
  { name: "Tao", role: "counter", email: "counter@demo.points", password: "walnut-tile-2026" },
];
