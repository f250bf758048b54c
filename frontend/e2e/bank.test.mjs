// A bank is opened and filled from a pasted text that is corrected line by line,
// its questions are reviewed, and it travels to another bank with its picture.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect, settle, shoot, signIn, visit, words } from "./browser.mjs";
import { stage } from "./stage.mjs";

const locale = "zh-Hans";
const t = words(locale);
const on = stage();

async function person(login, size = "desktop") {
  const page = await visit(on.browser, on.server.url, locale, size);
  await signIn(page, login, locale);
  return page;
}

const pasted = `1．一般投诉应在几小时内首次回复？
A．24
B．48
C．72
答案：D
解析：连续计算。
2．下列哪些内容不得录入？
A．客户姓名
B．投诉编号
C．投诉经过原文
答案：AC
3．周五受理的投诉，周末时限暂停。
答案：错误
`;

// The smallest PNG: one grey pixel.
const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==", "base64");

test("questions are pasted, corrected, reviewed and taken to another bank", async () => {
  const page = await person("officer");
  await page.goto("/officer/banks");
  await page.getByRole("button", { name: t("banks.open") }).click();
  await page.getByLabel(t("banks.code")).fill("no code!");
  await page.getByRole("textbox", { name: t("banks.name") }).fill("时限题库");
  await page.getByRole("button", { name: t("banks.open_now"), exact: true }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel(t("banks.code")).fill("limits");
  await page.getByRole("button", { name: t("banks.open_now"), exact: true }).click();
  await page.waitForURL("**/officer/banks/limits");
  await page.getByText(t("banks.no_items"), { exact: true }).waitFor();

  await page.getByRole("link", { name: t("banks.import") }).click();
  const text = page.getByLabel(t("banks.text"));
  await text.fill(pasted);
  const fault = page.getByRole("button", { name: /^第 \d+ 行$/ }).first();
  await fault.waitFor();
  const put = page.getByRole("button", { name: /^导入 \d+ 题$/ });
  assert.ok(await put.isDisabled(), "a text with a fault is not taken");
  await settle(page);
  await shoot(page, "bank-correction");
  assert.deepEqual(await inspect(page, locale), []);
  await fault.click();
  const chosen = await text.evaluate((box) => box.value.slice(box.selectionStart, box.selectionEnd));
  assert.match(chosen, /^(1．|答案：D)/, "the fault leads to its line");

  await text.fill(pasted.replace("答案：D", "答案：B"));
  await page.getByText("识别到 3 题").waitFor();
  await text.evaluate((box) => box.setSelectionRange(box.value.indexOf("首次回复？") + 5, box.value.indexOf("首次回复？") + 5));
  await page.evaluate(async (bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], "clip.png", { type: "image/png" }));
    document.querySelector("#questions").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, [...pixel]);
  await page.waitForFunction(() => /!\[\]\(pasted-\d+\.png\)/.test(document.querySelector("#questions").value));
  await page.getByText("识别到 3 题").waitFor();
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
  await put.click();
  await page.getByText("新增 3 题").waitFor();

  await page.getByRole("link", { name: t("banks.to_drafts") }).click();
  await page.getByText("已显示 3 行").waitFor();
  await page.waitForFunction(() => document.querySelector(".bank-item img[src^='/api/v1/pictures/']")?.naturalWidth === 1); // the picture is shown
  await page.getByLabel(t("banks.choose_all")).check();
  await page.getByRole("button", { name: t("banks.make_reviewed") }).click();
  await page.getByText(t("banks.no_items"), { exact: true }).waitFor(); // no draft is left
  await page.goto("/officer/banks/limits");
  await page.getByLabel(t("banks.choose_all")).check();
  await page.getByLabel(t("banks.category_or_tag")).fill("投诉/时限");
  await page.getByRole("button", { name: t("banks.set_category") }).click();
  await page.getByRole("cell", { name: "投诉/时限" }).first().waitFor();
  await page.getByRole("link", { name: "q01" }).click();
  await page.getByRole("heading", { name: "第 1 版" }).waitFor();
  assert.match(await page.locator(".answered").innerText(), /48/);

  // A single question is edited as text and becomes its next version.
  await page.getByRole("link", { name: t("banks.edit") }).click();
  await page.waitForFunction(() => document.querySelector("#questions")?.value.includes("q01"));
  const before = await text.inputValue();
  assert.match(before, /CATEGORY: .*投诉/, "it comes as it is filed");
  await text.fill(before.replace("首次回复", "首次答复"));
  await page.getByText("识别到 1 题").waitFor();
  await page.getByRole("button", { name: "导入 1 题" }).click();
  await page.getByText("更新 1 题").waitFor();
  await page.getByRole("link", { name: t("banks.to_drafts") }).click();
  await page.getByRole("link", { name: "q01" }).click();
  await page.getByRole("heading", { name: "第 2 版" }).waitFor();
  await page.getByRole("heading", { name: "第 1 版" }).waitFor();
  await settle(page);
  await shoot(page, "bank-item-versions");
  assert.deepEqual(await inspect(page, locale), []);

  // As a QTI package into another bank: the same questions, with the picture.
  await page.goto("/officer/banks/limits");
  await page.getByLabel(t("banks.format")).selectOption("qti");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: t("banks.download") }).click()]);
  assert.equal(download.suggestedFilename(), "limits.zh-Hans.zip");
  const file = await download.path();
  await page.request.post(`${on.server.url}/api/v1/banks`, { headers: { Origin: on.server.url }, data: { code: "copy", names: { [locale]: "副本" } } });
  await page.goto("/officer/banks/copy/import");
  await page.locator("input[type=file]").setInputFiles({ name: "limits.zip", mimeType: "application/zip", buffer: (await import("node:fs")).readFileSync(file) });
  await page.getByText("识别到 3 题").waitFor();
  await page.getByText("3 题已存在").waitFor();
  await page.getByRole("button", { name: "导入 3 题" }).click();
  await page.getByText("新增 3 题").waitFor();
  await page.goto("/officer/banks/copy?twice=1");
  await page.getByText("已显示 3 行").waitFor();
  await settle(page);
  await shoot(page, "bank-duplicates");
  assert.deepEqual(await inspect(page, locale), []);
  await page.context().close();
});

test("a quiz is given a password and a window, and one person more time", async () => {
  const officer = await person("officer");
  const api = `${on.server.url}/api/v1`;
  const quiz = (await (await officer.request.get(`${api}/courses/complaint-cases`)).json()).quiz.id;
  await officer.goto(`/officer/quizzes/${quiz}?section=conditions`);
  await officer.getByRole("combobox", { name: t("quizzes.password") }).selectOption("new");
  await officer.getByRole("textbox", { name: t("quizzes.password_new") }).fill("九点");
  await officer.getByLabel(t("quizzes.networks")).fill("AH 127.0.0.0/8\nnowhere 10.0.0.0/8\nAH nonsense");
  await officer.getByRole("button", { name: t("quizzes.conditions_save") }).click();
  await officer.getByText("“nonsense”").waitFor();
  await officer.getByLabel(t("quizzes.networks")).fill("AH 127.0.0.0/8");
  await officer.getByRole("button", { name: t("quizzes.conditions_save") }).click();
  await officer.getByText(t("quizzes.conditions_saved")).waitFor();
  const person1 = officer.getByRole("combobox", { name: t("quizzes.person") });
  await person1.click();
  await person1.fill("林若溪");
  await officer.locator(".ant-select-item-option", { hasText: "林若溪" }).first().click();
  await officer.getByLabel(t("quizzes.more_time")).fill("20");
  await officer.getByLabel(t("quizzes.grant_reason"), { exact: true }).fill("审批 2026-118");
  await officer.getByRole("button", { name: t("quizzes.grant"), exact: true }).click();
  await officer.getByText("加时 20%").waitFor();

  const learner = await person("employee", "phone");
  await learner.goto("/courses/complaint-cases");
  await learner.getByRole("button", { name: t("courses.practise") }).click();
  await learner.waitForURL("**/attempts/*");
  await learner.getByText("不计成绩").waitFor();
  assert.equal(await learner.getByRole("timer").count(), 0, "practice has no clock");
  await learner.goto("/courses/complaint-cases");
  await learner.getByText("30 分钟").waitFor(); // 25 and a fifth more
  await learner.getByLabel(t("courses.quiz_password")).fill("八点");
  await learner.getByRole("button", { name: t("courses.quiz_start") }).click();
  await learner.getByRole("alert").waitFor();
  await learner.getByLabel(t("courses.quiz_password")).fill("九点");
  await settle(learner);
  await shoot(learner, "quiz-password-phone");
  assert.deepEqual(await inspect(learner, locale), []);
  await learner.getByRole("button", { name: t("courses.quiz_start") }).click();
  await learner.waitForURL("**/attempts/*");
  await learner.getByRole("timer").waitFor();
  const id = new URL(learner.url()).pathname.split("/").pop();
  const submitted = await learner.request.post(`${api}/attempts/${id}/submission`, { headers: { Origin: on.server.url } });
  assert.equal(submitted.status(), 200);
  await learner.context().close();

  await officer.goto(`/officer/quizzes/${quiz}?section=attempts`);
  const row = officer.getByRole("row", { name: /林若溪/ });
  await row.getByText(t("quizzes.with_grant")).waitFor();
  await row.getByRole("button").click();
  await officer.getByRole("list", { name: t("quizzes.log") }).getByText(t("quizzes.event_submitted")).waitFor();
  await settle(officer);
  await shoot(officer, "attempt-log");
  assert.deepEqual(await inspect(officer, locale), []);
  await officer.context().close();
});
