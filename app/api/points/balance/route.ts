export { balance as GET } from "./handler";
