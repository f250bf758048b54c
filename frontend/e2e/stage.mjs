// The program and a browser, for the tests of one file.
import { after, before } from "node:test";
import { launch } from "./browser.mjs";
import { startServer } from "./server.mjs";

/** stage starts both before the first test and ends both after the last; absent: a reason not to. */
export function stage(absent = false) {
  const running = { server: null, browser: null };
  before(async () => {
    if (absent) return;
    running.server = await startServer();
    running.browser = await launch();
  });
  after(async () => {
    await running.browser?.close();
    await running.server?.stop();
  });
  return running;
}
