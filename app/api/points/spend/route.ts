export { spend as POST } from "./handler";
