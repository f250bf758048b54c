// The main job from start to end against the real program: an officer publishes,
// an employee learns and is certified, the desk imports facts, HR pulls records.
// Every step leaves a picture under frontend/screens/.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { courseZip, facts, keys, name, title } from "./chain-data.mjs";
import { inspect, settle, shoot, signIn, visit, words } from "./browser.mjs";
import { stage } from "./stage.mjs";

const locale = "zh-Hans";
const t = words(locale);
const policy = "POL-CH-001";

const on = stage();
let step = 0;

/** seen looks at the page as a person and axe would, and keeps a picture of it. */
async function seen(page, what) {
  await settle(page);
  step += 1;
  await shoot(page, `chain-${String(step).padStart(2, "0")}-${what}`);
  assert.deepEqual(await inspect(page, locale), [], what);
}

async function person(login, size) {
  const page = await visit(on.browser, on.server.url, locale, size);
  await signIn(page, login, locale);
  return page;
}

const press = (page, label, options = {}) => page.getByRole("button", { name: label, ...options }).click();
const says = (page, text) => page.getByText(text).first().waitFor();

/** choose opens a list that can be searched and takes the option that matches. */
async function choose(page, label, search) {
  const box = page.getByRole("combobox", { name: label, exact: true });
  await box.click();
  await box.fill(search);
  await box.press("Enter");
  await box.press("Escape");
}

test("the chain", async (c) => {
  let serial, broken = false;
  // A step stands on those before it; the page of the step that fails is kept.
  const link = (what, run) =>
    c.test(what, { skip: broken && "a step before it failed" }, async () => {
      try {
        await run();
      } catch (fault) {
        broken = true;
        for (const context of on.browser.contexts()) await shoot(context.pages()[0], "chain-failed");
        throw fault;
      }
    });

  await link("an officer publishes a course and assigns it", async () => {
    const page = await person("officer", "desktop");
    await page.goto("/officer/courses");
    await page.getByLabel(t("courses.zip")).setInputFiles({ name: "course.zip", mimeType: "application/zip", buffer: courseZip() });
    await says(page, t("courses.check_ok"));
    await seen(page, "course-checked");
    await press(page, t("courses.publish_revision", { n: 1 }));
    await says(page, t("courses.published", { title, n: 1 }));

    await choose(page, t("courses.course"), title);
    await choose(page, t("training.target_unit"), "AH-E01");
    await page.getByLabel(t("training.due_date")).fill(inDays(30));
    await press(page, t("training.preview"), { exact: true });
    await says(page, t.like("training.would_assign"));
    await seen(page, "course-would-be-assigned");
    await press(page, t("training.assign_now"), { exact: true });
    await says(page, t.like("training.has_assigned"));
    await page.context().close();
  });

  await link("an officer publishes a policy version and a briefing, and asks for acknowledgement", async () => {
    const page = await person("officer", "desktop");
    await page.goto("/officer/policies");
    await page.getByRole("link", { name: t("policies.new_draft") }).click();
    await page.getByLabel(t("policies.code")).fill(policy);
    await page.waitForFunction(() => document.querySelector("textarea[id^=texts-]").value !== ""); // it begins with the version before
    await page.getByLabel(t("policies.titles")).fill("客户投诉处理管理办法");
    await page.getByLabel(t("policies.notes")).fill("明确变更责任人时的交接记录。");
    const before = await (await page.request.get(`${on.server.url}/api/v1/policies/${policy}/versions/2/difference?from=1`)).json();
    const text = before.pairs.flatMap((p) => p.runs.filter((r) => r.op !== "delete").map((r) => r.text)).join("");
    await page.getByLabel(t("policies.texts")).fill(text.replace("责任人", "责任人（交接时须保存交接记录）"));
    await press(page, t("policies.save_draft"));
    await page.getByRole("heading", { name: t.like("policies.difference_to") }).waitFor();
    await seen(page, "draft-and-what-it-changes");
    await press(page, t("policies.submit_draft"));
    await says(page, t.like("policies.own_draft_text"));
    const draft = new URL(page.url()).pathname;

    const second = await person("approver", "desktop");
    await second.goto(draft);
    await second.getByRole("heading", { name: t.like("policies.difference_to") }).waitFor();
    await second.getByLabel(t("policies.material"), { exact: false }).check();
    await seen(second, "approval");
    await press(second, t("policies.approve"), { exact: true });
    await press(second, t("policies.publish"), { exact: true });
    await second.getByText(t.like("policies.publish_asks_other")).waitFor();
    await seen(second, "publication-asks-twice");
    await second.getByRole("button", { name: t.like("policies.publish_sure") }).click();
    await says(second, t("policies.published", { code: policy, n: 3 }));
    await second.context().close();
    await page.reload();

    await page.getByRole("link", { name: t("policies.ask_next") }).click();
    await choose(page, t("policies.unit"), "AH-E01");
    await press(page, t("policies.preview"), { exact: true });
    await says(page, t.like("policies.would_ask"));
    // Publishing a material version has asked again everybody who was asked before.
    assert.ok(await page.getByRole("button", { name: t("policies.ask_now"), exact: true }).isDisabled());
    await page.getByRole("cell", { name: name }).waitFor();
    await seen(page, "acknowledgement-asked");

    await page.goto("/officer/briefings");
    await page.getByLabel(t("briefings.month"), { exact: true }).fill(inDays(31).slice(0, 7));
    await choose(page, t("briefings.cite"), "客户投诉处理管理办法 · 第 3 版");
    await page.getByLabel(t("briefings.briefing_title")).fill("下月政策更新简报：责任人交接");
    await page.getByLabel(t("policies.part_changes")).fill("- 《客户投诉处理管理办法》**第 3 版**：变更责任人须保存交接记录。");
    await page.getByLabel(t("policies.part_impact")).fill("变更后的责任人沿用原时限。");
    await page.getByLabel(t("policies.part_plan")).fill("- 各支行：两周内检查在办投诉的交接记录。");
    await press(page, t("briefings.check"), { exact: true });
    await says(page, t.like("briefings.briefing_check_ok"));
    await seen(page, "briefing-checked");
    await press(page, t("policies.publish"), { exact: true });
    await page.getByRole("link", { name: t("briefings.see_briefing") }).click();
    await page.getByRole("heading", { level: 1, name: "下月政策更新简报：责任人交接" }).waitFor();
    await page.context().close();
  });

  await link("an employee learns, passes the quiz, acknowledges and holds a certificate", async () => {
    const page = await person("employee", "phone");
    await page.getByRole("heading", { name: title }).first().waitFor();
    await seen(page, "my-training");

    await page.getByRole("link", { name: new RegExp(title) }).first().click();
    await page.getByRole("link", { name: t("courses.start_reading") }).click();
    await page.getByRole("heading", { level: 1, name: "为什么变更不重新计时" }).waitFor();
    await page.waitForFunction(() => [...document.images].every((i) => i.complete && i.naturalWidth > 0));
    await seen(page, "lesson");
    // A lesson counts as read at its end, and not at the first look.
    await page.getByRole("button", { name: t("courses.next"), exact: true }).scrollIntoViewIfNeeded();
    await page.getByText(t("courses.read_recorded")).waitFor();
    await press(page, t("courses.next"), { exact: true });
    await page.getByRole("heading", { level: 1, name: "交接的四个动作" }).waitFor();
    await page.getByRole("button", { name: t("courses.finish_reading") }).scrollIntoViewIfNeeded();
    await page.getByText(t("courses.read_recorded")).waitFor();
    await press(page, t("courses.finish_reading"));
    await says(page, t("courses.lessons_of", { read: 2, total: 2 }));

    await press(page, t("courses.quiz_start"));
    for (const [i, key] of keys.entries()) {
      await page.getByRole("heading", { name: t("quizzes.item_of", { n: i + 1, total: keys.length }) }).waitFor();
      await key(page);
      await says(page, t.like("quizzes.saved_at"));
      if (i === 1) await seen(page, "answer-saved");
      if (i < keys.length - 1) await press(page, t("quizzes.next"));
    }
    await press(page, t("quizzes.to_submit"));
    await says(page, t("quizzes.all_answered"));
    await seen(page, "before-submission");
    await page.getByRole("dialog").getByRole("button", { name: t("quizzes.submit"), exact: true }).click();
    await page.getByRole("heading", { name: t("quizzes.passed") }).waitFor();
    await seen(page, "result");

    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: t("quizzes.certificate") }).click()]);
    const file = await download.path();
    serial = /[A-Z]{2}-[\w-]+(?=\.pdf)/.exec(download.suggestedFilename())?.[0];
    assert.ok(serial, `the file names its certificate: ${download.suggestedFilename()}`);
    const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).replace(/\s+/g, "");
    for (const part of [name, title, serial]) assert.ok(text.includes(part), `${part} is in ${text}`);
    execFileSync("pdftoppm", ["-png", "-r", "70", "-singlefile", file, new URL("../screens/chain-certificate", import.meta.url).pathname]);

    await page.goto("/");
    await page.getByRole("link", { name: /下月政策更新简报/ }).first().click();
    await seen(page, "briefing");
    await press(page, t("briefings.mark_read"));
    await says(page, t("briefings.briefing_read"));
    await page.getByRole("link", { name: "客户投诉处理管理办法" }).click();
    await page.getByLabel(t("policies.i_have_read")).check();
    await seen(page, "statement");
    await press(page, t("policies.acknowledge_version", { n: 3 }));
    await says(page, t.like("policies.acknowledged_at"));
    await seen(page, "acknowledged");

    await page.goto("/certificates");
    await says(page, serial);
    await seen(page, "my-certificates");
    await page.context().close();
  });

  await link("anybody may verify the certificate", async () => {
    const context = await on.browser.newContext({ baseURL: on.server.url, locale: "zh-CN", javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`/verify/${serial}`);
    await says(page, serial);
    await says(page, title);
    step += 1;
    await shoot(page, `chain-${step}-verification`);
    const missing = await page.goto(`/verify/${serial.slice(0, -1)}${serial.endsWith("0") ? "1" : "0"}`);
    assert.equal(missing.status(), 404);
    await context.close();
  });

  await link("the desk imports complaint facts after seeing what they are", async () => {
    const page = await person("desk", "desktop");
    await page.goto("/desk/import");
    await page.getByLabel(t("complaints.file"), { exact: true }).setInputFiles({ name: "投诉.csv", mimeType: "text/csv", buffer: facts() });
    await says(page, t("complaints.dropped"));
    await says(page, "GB18030");
    await seen(page, "complaints-preview");
    await press(page, t("complaints.import_now", { count: 12 }));
    await says(page, t("complaints.imported", { created: 12, updated: 0, unchanged: 0 }));
    await page.getByRole("link", { name: t("complaints.to_list") }).click();
    await page.getByLabel(t("complaints.search")).fill("ZC-2026");
    await page.getByRole("cell", { name: "ZC-2026-001", exact: true }).waitFor();
    await only(page, "ZC-2026");
    await seen(page, "complaints-listed");
    await page.context().close();
  });

  await link("HR sees performance and certification side by side, and downloads both", async () => {
    const page = await person("hr", "desktop");
    await page.goto("/hr/performance");
    await page.getByLabel(t("performance.search"), { exact: true }).fill(name);
    const row = page.getByRole("row").filter({ hasText: name });
    await row.first().waitFor();
    await only(page, name);
    await row.first().getByRole("button").click();
    await page.getByRole("cell", { name: serial, exact: true }).waitFor();
    await seen(page, "performance-records");
    const scores = await saved(page, t("performance.download", { format: "CSV" }));
    assert.match(scores, new RegExp(name));

    await page.goto("/hr/certifications");
    await page.getByLabel(t("records.search"), { exact: true }).fill(name);
    await only(page, name);
    await page.getByRole("link", { name: serial }).waitFor();
    await seen(page, "certification-records");
    const records = await saved(page, t("records.download", { format: "CSV" }));
    assert.ok(records.split("\n").some((line) => line.includes(serial) && line.includes(name) && line.includes(title)));
    await page.context().close();
  });
});

/** only waits until every row of the list holds the text that was searched for. */
function only(page, text) {
  return page.waitForFunction((wanted) => {
    const rows = [...document.querySelectorAll("tbody tr.ant-table-row")];
    return rows.length > 0 && rows.every((row) => row.innerText.includes(wanted));
  }, text);
}

async function saved(page, label) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: label, exact: true }).click()]);
  assert.match(download.suggestedFilename(), /\.csv$/);
  return readFileSync(await download.path(), "utf8");
}

function inDays(n) {
  return new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
}
