// Somebody new: an administrator gives a temporary password, which opens nothing
// but the choice of an own one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect, settle, shoot, signIn, visit, words } from "./browser.mjs";
import { stage } from "./stage.mjs";

const locale = "zh-Hans";
const t = words(locale);
const on = stage();

test("a temporary password is given out, used and replaced", async () => {
  const admin = await visit(on.browser, on.server.url, locale);
  await signIn(admin, "admin", locale);
  await admin.goto("/admin/roles");
  await admin.getByLabel(t("people.find"), { exact: true }).last().fill("AH00014");
  await admin.getByRole("button", { name: /AH00014/ }).click();
  await admin.getByRole("button", { name: t("people.issue_password") }).click();
  await admin.getByRole("tooltip").getByRole("button", { name: t("people.issue_password") }).click();
  const given = (await admin.getByText(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/).textContent()).trim();
  await settle(admin);
  await shoot(admin, "temporary-password-given");
  assert.deepEqual(await inspect(admin, locale), []);

  const page = await visit(on.browser, on.server.url, locale, "phone");
  await page.goto("/policies");
  await page.getByLabel(t("people.login")).fill("AH00014");
  await page.getByLabel(t("people.password")).fill(given);
  await page.getByRole("button", { name: t("people.sign_in"), exact: true }).click();
  await page.getByRole("heading", { level: 1, name: t("people.first_password") }).waitFor();
  await settle(page);
  await shoot(page, "temporary-password-used");
  assert.deepEqual(await inspect(page, locale), []);
  await page.getByLabel(t("people.temporary_password"), { exact: true }).fill(given);
  await page.getByLabel(t("people.new_password"), { exact: true }).fill("一句只有我知道的话，谁也猜不出来");
  await page.getByRole("button", { name: t("people.set_password") }).click();
  await page.getByText(t("people.first_password_done")).waitFor();
  assert.deepEqual(await inspect(page, locale), []);
  await page.getByRole("button", { name: t("people.enter") }).click();
  await page.getByRole("heading", { level: 1, name: t("policies.policies") }).waitFor();
});
