// What the first answer brings is there before any script, and the client takes its place
// where it stood.
import assert from "node:assert/strict";
import { test } from "node:test";
import { password, settle, signIn, visit, words } from "./browser.mjs";
import { stage } from "./stage.mjs";

const on = stage();

/** withoutScripts opens an address whose scripts wait until they are let. */
async function withoutScripts(page, address) {
  let let_;
  const gate = new Promise((done) => { let_ = done; });
  await page.route("**/assets/*.js", async (route) => { await gate; await route.continue(); });
  await page.goto(address, { waitUntil: "commit" });
  return async () => {
    let_();
    await settle(page);
    await page.unroute("**/assets/*.js");
  };
}

/** tops is where each of the elements begins on the screen. */
const tops = (page, within, parts) => page.evaluate(([box, list]) => list.map((part) => Math.round(document.querySelector(`${box} ${part}`).getBoundingClientRect().top)), [within, parts]);

const pages = {
  lesson: ["/courses/complaint-handling/lessons/1", ["h1", "article .prose > p"]],
  briefing: ["/briefings/2026-10", ["h1", "article .prose > *"]],
  policy: ["/policies/POL-CH-001/versions/2", ["h1", "article .prose > *"]],
};

for (const size of ["desktop", "phone"]) {
  test(`what there is to read stands still at ${size}`, async () => {
    const page = await visit(on.browser, on.server.url, "zh-Hans", size);
    await signIn(page, "employee");
    await page.goto("/briefings");
    await settle(page);
    pages.briefing[0] = await page.locator("main a[href^='/briefings/']").first().getAttribute("href");
    for (const [name, [address, parts]] of Object.entries(pages)) {
      const let_ = await withoutScripts(page, address);
      await page.locator("#first article .prose").first().waitFor();
      const before = await tops(page, "#first main", parts);
      await let_();
      const after = await tops(page, "#root main", parts);
      assert.ok(before.every((y, i) => Math.abs(y - after[i]) <= 2), `${name}: ${before} became ${after}`);
    }
    assert.deepEqual(page.faults, []);
  });
}

for (const locale of ["zh-Hans", "zh-Hant", "en"]) {
  test(`what is typed at the door before the client is there is kept, ${locale}`, async () => {
    const t = words(locale);
    const page = await visit(on.browser, on.server.url, locale, "phone");
    const let_ = await withoutScripts(page, "/sign-in");
    await page.getByLabel(t("people.login")).click();
    await page.keyboard.type("employee");
    await page.keyboard.press("Tab");
    await page.keyboard.type(password.slice(0, 4));
    await page.keyboard.press("Enter"); // nothing can be sent yet, least of all in an address
    const fields = ["h1", "input[name=login]", "input[name=password]", "summary", ".door-samples li:last-child"];
    const before = await tops(page, "#first", fields);
    await let_();
    assert.deepEqual(await tops(page, "#root", fields), before);
    await page.keyboard.type(password.slice(4));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: t("training.my_training") }).waitFor();
    assert.equal(new URL(page.url()).search, "");
    assert.deepEqual(page.faults, []);
  });
}
