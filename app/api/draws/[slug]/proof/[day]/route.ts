export { proof as GET } from "./handler";
