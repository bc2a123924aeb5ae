export { redeemFlash as POST } from "./handler";
