// A real law in two versions: imported, compared, approved by somebody else,
// published as material with a briefing and three questions; an employee sees
// only what changed, answers and acknowledges; the officer sees who has not.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { inspect, settle, shoot, signIn, visit, words } from "./browser.mjs";
import { stage } from "./stage.mjs";

const locale = "zh-Hans";
const t = words(locale);
const laws = new URL("../../../shared/fixtures/policies/zh/会计法/", import.meta.url).pathname;
const absent = !existsSync(decodeURIComponent(laws)) && "the dated laws are not here: ../shared/fixtures/policies";
const law = (version) => `${decodeURIComponent(laws)}${version}.md`;
const title = "中华人民共和国会计法";
const name = "林若溪";
const questions = `::place:: 本次修订后，会计工作应当首先贯彻落实什么？ {=党和国家路线方针政策、决策部署 ~各单位的内部规定 ~会计机构的年度计划}

::systems:: 单位内部会计监督制度应当纳入本单位内部控制制度。 {TRUE}

::number:: 修订后，第二十六条改为第几条？（填数字） {#24}
`;

const on = stage(absent);

async function person(login, size = "desktop") {
  const page = await visit(on.browser, on.server.url, locale, size);
  await signIn(page, login, locale);
  return page;
}
const press = (page, label, options = { exact: true }) => page.getByRole("button", { name: label, ...options }).click();
/** submit answers for what a page does not show of the law, a comment, and asks for its review. */
async function submit(page) {
  await page.getByLabel(t.like("app.confirm_warnings")).check();
  await press(page, t("policies.submit_draft"));
}
const says = (page, text) => page.getByText(text).first().waitFor();

async function seen(page, what) {
  await settle(page);
  await shoot(page, `policy-${what}`);
  assert.deepEqual(await inspect(page, locale), [], what);
}

/** draft writes a version from a file and asks for its review; it returns the draft's address. */
async function draft(page, version, fill) {
  await page.goto("/officer/policies/new");
  await page.getByLabel(t("policies.code")).fill("LAW-KJ");
  await page.getByLabel(t("policies.titles")).fill(title);
  await page.getByLabel(t("policies.text_from_file")).setInputFiles(law(version));
  await says(page, t("policies.text_read", { encoding: "UTF-8" }));
  await fill(page);
  await press(page, t("policies.save_draft"));
  await page.getByRole("heading", { name: t("policies.next_step") }).waitFor();
  return new URL(page.url()).pathname;
}

async function approve(address, what) {
  const page = await person("approver");
  await page.goto(address);
  await page.getByRole("heading", { name: t("policies.next_step") }).waitFor();
  await page.getByLabel(t("policies.material")).check();
  if (what) await seen(page, what);
  await press(page, t("policies.approve"));
  await press(page, t("policies.publish"));
  await page.getByRole("button", { name: t.like("policies.publish_sure") }).click();
  await says(page, t.like("policies.published"));
  await page.context().close();
}

async function ask(page, n) {
  await page.goto(`/officer/acknowledgements?policy=LAW-KJ&version=${n}`);
  const box = page.getByRole("combobox", { name: t("policies.unit"), exact: true });
  await box.click();
  await box.fill("AH-E01");
  await box.press("Enter");
  await press(page, t("policies.preview"));
  await says(page, t.like("policies.would_ask"));
  await press(page, t("policies.ask_now"));
  await says(page, t.like("policies.has_asked"));
}

test("a law and its revision", { skip: absent }, async () => {
  const officer = await person("officer");
  let address = await draft(officer, "2017-11-04", async () => {});
  await submit(officer);
  await says(officer, t.like("policies.own_draft_text"));
  await approve(address);
  await ask(officer, 1);

  const reader = await person("employee");
  await reader.getByRole("link", { name: new RegExp(title) }).first().click();
  await reader.getByLabel(t("policies.i_have_read")).check();
  await press(reader, t("policies.acknowledge_version", { n: 1 }));
  await says(reader, t.like("policies.acknowledged_at"));
  await reader.context().close();

  address = await draft(officer, "2024-06-28", async (page) => {
    await page.getByLabel(t("policies.notes")).fill("2024 年第三次修正。");
    await page.getByLabel(t("policies.tier_2")).check();
    await page.getByLabel(t("policies.questions")).fill(questions);
  });
  await officer.getByRole("heading", { name: t.like("policies.difference_to") }).waitFor();
  await seen(officer, "draft-difference");
  await submit(officer);
  await says(officer, t.like("policies.own_draft_text"));
  await approve(address, "approval");
  // The material version has asked again everybody who was asked for the first.
  await officer.goto("/officer/acknowledgements?policy=LAW-KJ&version=2");
  await says(officer, name);
  await officer.goto("/officer/briefings");
  await officer.getByLabel(t("briefings.month"), { exact: true }).fill("2027-01");
  const cite = officer.getByRole("combobox", { name: t("briefings.cite") });
  await cite.click();
  await cite.fill(`${title} · 第 2 版`);
  await cite.press("Enter");
  await cite.press("Escape");
  await officer.getByLabel(t("briefings.briefing_title")).fill("会计法修订简报");
  await officer.getByLabel(t("policies.part_changes")).fill("会计法第三次修正。");
  await officer.getByLabel(t("policies.part_impact")).fill("内部会计监督纳入内部控制制度。");
  await officer.getByLabel(t("policies.part_plan")).fill("一个月内完成自查。");
  await press(officer, t("briefings.check"));
  await press(officer, t("policies.publish"));
  await says(officer, t.like("briefings.briefing_published"));

  const learner = await person("employee", "phone");
  await learner.getByRole("link", { name: new RegExp(title) }).first().click();
  await learner.getByRole("heading", { name: t("policies.difference") }).waitFor();
  const shown = await learner.locator(".pairs").innerText();
  assert.ok(shown.includes("决策部署") && !shown.includes("第四条 单位负责人对本单位的会计工作"), "only what changed is shown");
  await seen(learner, "what-changed-phone");
  await learner.getByLabel("各单位的内部规定").check();
  await learner.getByLabel("正确", { exact: true }).check();
  await learner.getByLabel("您的答案（数字）").fill("24");
  await learner.getByLabel(t("policies.password_again")).fill("anwen-demo");
  await learner.getByLabel(t("policies.i_have_read")).check();
  await press(learner, t("policies.acknowledge_version", { n: 2 }));
  await learner.getByRole("alert").waitFor();
  await seen(learner, "answer-wrong-phone");
  await learner.getByLabel("党和国家路线方针政策、决策部署").check();
  await press(learner, t("policies.acknowledge_version", { n: 2 }));
  await says(learner, t.like("policies.acknowledged_at"));
  await seen(learner, "acknowledged-phone");

  await officer.goto("/officer/acknowledgements?policy=LAW-KJ&version=2");
  await officer.getByRole("cell", { name: "李洋" }).or(officer.locator("tbody tr.ant-table-row")).first().waitFor();
  assert.equal(await officer.getByRole("cell", { name, exact: true }).count(), 0, "who has acknowledged is not outstanding");
  await seen(officer, "outstanding");
});
