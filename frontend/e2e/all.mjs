// Runs every browser test. The sample institution, whose two years of training
// take longest to make, is made once; each file starts on a copy of it.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { startServer } from "./server.mjs";

const here = new URL(".", import.meta.url).pathname;
const files = readdirSync(here).filter((name) => name.endsWith(".test.mjs")).map((name) => here + name);

const sample = await startServer();
await sample.rest();
const env = { ...process.env, ANWEN_SAMPLE: sample.data };
const { status } = spawnSync(process.execPath, ["--test", "--test-concurrency=2", ...files], { stdio: "inherit", env });
sample.remove();
process.exit(status ?? 1);
