export { nav as beside } from "./module.nav.ts";
