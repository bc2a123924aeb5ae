export { history as GET } from "./handler";
