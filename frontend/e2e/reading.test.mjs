// A lesson is taken up where this device left it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { settle, signIn, visit } from "./browser.mjs";
import { stage } from "./stage.mjs";

const on = stage();

test("the place in a lesson is kept until it is read", async () => {
  const page = await visit(on.browser, on.server.url, "zh-Hans", "phone");
  await signIn(page, "employee");
  const lesson = "/courses/complaint-handling/lessons/1";
  await page.goto(lesson);
  await settle(page);
  const place = await page.evaluate(() => {
    window.scrollTo(0, (document.documentElement.scrollHeight - window.innerHeight) * 0.4);
    return window.scrollY;
  });
  assert.ok(place > 200, `the lesson is long enough: ${place}`);
  await page.waitForFunction(() => Object.keys(localStorage).some((k) => k.startsWith("anwen.place.")));
  await page.getByRole("link", { name: /培训/ }).last().click();
  await page.waitForURL("**/");
  await page.goBack();
  await settle(page);
  await page.waitForFunction((wanted) => Math.abs(window.scrollY - wanted) < 120, place);
  await page.reload();
  await settle(page);
  await page.waitForFunction((wanted) => Math.abs(window.scrollY - wanted) < 120, place);
});
