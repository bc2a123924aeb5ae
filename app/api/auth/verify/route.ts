export { verify as POST } from "./handler";
