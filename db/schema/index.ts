export * from "./catalog";
export * from "./loyalty";
export * from "./orders";
export * from "./people";
export * from "./points";
export * from "./running";
