/** The people of the demo shop. The seed creates them, `npm run up` prints them. */
export const demoAccounts = [
  { title: "Shopper", name: "Lin", role: "shopper", email: "lin@demo.points", password: "jade-amber-2026" },
  { title: "Merchant", name: "Wei", role: "staff", email: "merchant@demo.points", password: "cedar-copper-2026" },
  { title: "Approver", name: "Qiao", role: "owner", email: "approver@demo.points", password: "lotus-silver-2026" },
];
