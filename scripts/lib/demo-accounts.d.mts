export const demoAccounts: readonly {
  readonly title: string;
  readonly name: string;
  readonly role: "shopper" | "staff" | "owner";
  readonly email: string;
  readonly password: string;
}[];

export const demoStaff: readonly { readonly name: string; readonly role: "support" | "fulfilment" | "analyst" | "counter"; readonly email: string; readonly password: string }[];
