export const demoAccounts: readonly {
  readonly title: string;
  readonly name: string;
  readonly role: "shopper" | "staff" | "owner";
  readonly email: string;
  readonly password: string;
}[];
