// A briefing asks about what changed and nothing else; who answers has read it.
// Its plan has owners, its meeting minutes, and these a PDF.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect, settle, shoot, signIn, visit, words } from "./browser.mjs";
import { stage } from "./stage.mjs";

const locale = "zh-Hans";
const t = words(locale);
const on = stage();
const month = "2027-02";
const asks = (name, clause) => `::${name}::[markdown]见[${clause}](policy\\:POL-CH-001\\#${clause})。小时时限遇节假日停止计算。 {FALSE}`;

async function person(login, size = "desktop") {
  const page = await visit(on.browser, on.server.url, locale, size);
  await signIn(page, login, locale);
  return page;
}

test("a briefing is asked about, carried out and minuted", async () => {
  const officer = await person("officer");
  const send = (questions) => officer.request.post(`${on.server.url}/api/v1/briefings`, { headers: { Origin: on.server.url }, data: {
    month, texts: { [locale]: { title: "二月简报", changes: "小时时限连续计算。", impact: "值班安排。", plan: "换发告知书。" } },
    policies: [{ code: "POL-CH-001", number: 2 }], questions: { [locale]: questions } } });
  for (const [questions, status] of [["::一:: 没有引用条款？ {TRUE}", 422], [asks("二", "第四条"), 422], [asks("三", "第八条"), 201]]) {
    const answer = await send(questions);
    assert.equal(answer.status(), status, await answer.text());
  }

  const reader = await person("employee", "phone");
  await reader.goto(`/briefings/${month}`);
  const submit = reader.getByRole("button", { name: t("briefings.answer_and_read") });
  await settle(reader);
  assert.ok(await submit.isDisabled(), "nothing is answered yet");
  await reader.getByLabel(t("quizzes.true"), { exact: true }).check();
  await submit.click();
  await reader.getByRole("alert").waitFor();
  await shoot(reader, "briefing-asked-phone");
  assert.deepEqual(await inspect(reader, locale), []);
  await reader.getByLabel(t("quizzes.false"), { exact: true }).check();
  await submit.click();
  await reader.getByText(t("briefings.briefing_read")).waitFor();
  await reader.context().close();

  await officer.goto(`/briefings/${month}`);
  await officer.getByRole("button", { name: t("briefings.add_action") }).click();
  await officer.getByLabel(t("briefings.action_text")).fill("换发柜面告知书");
  const owner = officer.getByRole("combobox", { name: t("briefings.action_owner") });
  await owner.click();
  await owner.fill("林若溪");
  await officer.locator(".ant-select-item-option", { hasText: "林若溪" }).first().click();
  await officer.getByLabel(t("briefings.action_due")).fill("2027-03-01");
  await officer.getByRole("button", { name: t("briefings.add_action") }).click();
  await officer.locator("li p", { hasText: "1. 换发柜面告知书" }).waitFor();

  const owning = await person("employee");
  await owning.goto(`/briefings/${month}`);
  await owning.getByRole("button", { name: t("briefings.set_done") }).click();
  await owning.getByText(t("briefings.action_done"), { exact: true }).waitFor();
  await owning.context().close();

  const pdf = await officer.request.get(`${on.server.url}/api/v1/briefings/2026-10/minutes.pdf`);
  assert.equal(pdf.headers()["content-type"], "application/pdf");
  assert.match(pdf.headers()["content-disposition"], /minutes-2026-10\.pdf/);
  assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
  await officer.context().close();
});
