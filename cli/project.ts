import { join } from "node:path";

/** This project itself: main.ts, cdktf.json, node_modules. */
export const PROJECT = join(__dirname, "..");
