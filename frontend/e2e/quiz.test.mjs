// Attempts that nothing may harm: the network goes, the session ends, a second tab
// answers too, the server is killed; and thirty questions of every kind on a
// phone, by keyboard alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect, password, settle, shoot, signIn, visit, words } from "./browser.mjs";
import { asked, questions, quizCourse } from "./quiz-data.mjs";
import { stage } from "./stage.mjs";

const on = stage();
const t = words("zh-Hans");
const headers = () => ({ Origin: on.server.url });

/** opened publishes a course and opens an attempt of the employee on a page. */
async function opened(slug, size = "desktop") {
  const officer = await visit(on.browser, on.server.url);
  await signIn(officer, "officer");
  const published = await officer.request.post("/api/v1/courses", {
    headers: headers(), multipart: { file: { name: "c.zip", mimeType: "application/zip", buffer: quizCourse(slug) }, dry_run: "false" } });
  assert.equal(published.status(), 200, await published.text());
  await officer.context().close();
  const page = await visit(on.browser, on.server.url, "zh-Hans", size);
  await signIn(page, "employee");
  const course = await (await page.request.get(`/api/v1/courses/${slug}`)).json();
  const started = await page.request.post(`/api/v1/quizzes/${course.quiz.id}/attempts`, { headers: headers() });
  const attempt = await started.json();
  assert.equal(started.status(), 200, JSON.stringify(attempt));
  await page.goto(`/attempts/${attempt.id}`);
  await settle(page);
  return { page, attempt };
}

const stored = async (page, id) => (await page.request.get(`/api/v1/attempts/${id}`)).json();
const jump = (page, n) => page.getByRole("navigation", { name: t("quizzes.items") }).getByRole("button", { name: new RegExp(`^${t("quizzes.item_n", { n })} `) }).click();
const note = (page) => page.locator(".save-note");
const saved = (page) => note(page).filter({ hasText: t.like("quizzes.saved_at") }).waitFor();

/** said lists what the page claims to be saved: the positions whose note says so. */
async function answerAndWait(page, n, text) {
  await jump(page, n);
  await page.getByLabel(text, { exact: true }).check();
  await saved(page);
}

const singles = asked.map((q, i) => ({ ...q, n: i + 1, position: questions.indexOf(q) + 1 })).filter((q) => q.pick && q.gift.includes("~"));

test("the network is cut in the middle and comes back", async () => {
  const { page, attempt } = await opened("cut");
  await answerAndWait(page, singles[0].n, singles[0].pick[0]);
  await page.context().setOffline(true);
  for (const q of singles.slice(1, 4)) {
    await jump(page, q.n);
    await page.getByLabel(q.pick[0], { exact: true }).check();
    await note(page).filter({ hasText: t("quizzes.not_saved") }).waitFor();
  }
  await shoot(page, "quiz-offline");
  assert.deepEqual(Object.keys((await stored(page, attempt.id)).answers), [String(singles[0].position)], "nothing arrived meanwhile");
  await page.getByRole("button", { name: t("quizzes.submit"), exact: true }).click();
  await page.getByRole("dialog").getByText(t.like("quizzes.still_unsaved")).waitFor();
  await page.getByRole("button", { name: t("quizzes.keep_working") }).click();
  await page.context().setOffline(false);
  await saved(page);
  await page.waitForFunction(() => !Object.keys(localStorage).some((k) => k.startsWith("anwen.answers.")));
  const after = await stored(page, attempt.id);
  for (const q of singles.slice(0, 4)) assert.ok(after.answers[q.position], `${q.n} arrived`);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("an answer given offline survives the closing of the page", async () => {
  const { page, attempt } = await opened("closed");
  await page.context().setOffline(true);
  await jump(page, singles[1].n);
  await page.getByLabel(singles[1].pick[0], { exact: true }).check();
  await note(page).filter({ hasText: t("quizzes.not_saved") }).waitFor();
  const context = page.context();
  await page.close({ runBeforeUnload: false });
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(`/attempts/${attempt.id}`);
  await settle(again);
  await jump(again, singles[1].n);
  await saved(again);
  assert.ok((await stored(again, attempt.id)).answers[singles[1].position]);
  await context.close();
});

test("the session is revoked in the middle", async () => {
  const { page, attempt } = await opened("revoked");
  await answerAndWait(page, singles[0].n, singles[0].pick[0]);
  assert.equal((await page.request.delete("/api/v1/session", { headers: headers() })).status(), 204);
  await jump(page, singles[1].n);
  await page.getByLabel(singles[1].pick[0], { exact: true }).check();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("people.password")).fill(password);
  await shoot(page, "quiz-sign-in-again");
  await dialog.getByRole("button", { name: t("people.sign_in"), exact: true }).click();
  await saved(page);
  const after = await stored(page, attempt.id);
  for (const q of singles.slice(0, 2)) assert.ok(after.answers[q.position], `${q.n} is there`);
  assert.ok(await page.getByLabel(singles[1].pick[0], { exact: true }).isChecked());
  await page.context().close();
});

test("two tabs never overwrite each other in silence", async () => {
  const { page: one, attempt } = await opened("tabs");
  const two = await one.context().newPage();
  two.faults = [];
  await two.goto(`/attempts/${attempt.id}`);
  await settle(two);
  const q = singles[2];
  await answerAndWait(one, q.n, "48 小时");
  await jump(two, q.n);
  await two.getByLabel("72 小时", { exact: true }).check();
  await two.getByText(t("quizzes.elsewhere")).waitFor();
  await two.locator(".elsewhere").getByText("48 小时").waitFor();
  assert.deepEqual(await inspect(two, "zh-Hans"), []);
  await shoot(two, "quiz-two-tabs");
  const chosen = async () => {
    const now = await stored(one, attempt.id);
    const item = now.items.find((i) => i.position === q.position);
    return item.options.find((o) => o.id === now.answers[q.position].choice).html;
  };
  assert.equal(await chosen(), "48 小时");
  await two.getByRole("button", { name: t("quizzes.keep_mine") }).click();
  await saved(two);
  assert.equal(await chosen(), "72 小时");
  await one.getByLabel("24 小时", { exact: true }).check();
  await one.getByText(t("quizzes.elsewhere")).waitFor();
  await one.getByRole("button", { name: t("quizzes.keep_theirs") }).click();
  assert.ok(await one.getByLabel("72 小时", { exact: true }).isChecked());
  assert.equal(await chosen(), "72 小时");
  await one.context().close();
});

test("the server is killed in the middle: every answer that said saved is there", { skip: !!process.env.ANWEN_ADDRESS && "the server is not ours to kill" }, async () => {
  const { page, attempt } = await opened("killed");
  const claimed = {};
  for (const q of singles.slice(0, 6)) {
    await answerAndWait(page, q.n, q.pick[0]);
    claimed[q.position] = q.pick[0];
  }
  await on.server.crash();
  await jump(page, singles[6].n);
  await page.getByLabel(singles[6].pick[0], { exact: true }).check();
  await note(page).filter({ hasText: t("quizzes.not_saved") }).waitFor();
  await on.server.restart();
  // The button goes when the page has tried again by itself.
  const retried = page.getByRole("button", { name: t("quizzes.retry_now") }).click();
  await Promise.any([retried, saved(page)]);
  await saved(page);
  claimed[singles[6].position] = singles[6].pick[0];
  const after = await stored(page, attempt.id);
  for (const [position, text] of Object.entries(claimed)) {
    const item = after.items.find((i) => i.position === Number(position));
    assert.equal(item.options.find((o) => o.id === after.answers[position]?.choice)?.html, text, `position ${position}`);
  }
  await page.context().close();
});

/** tabTo presses Tab until the element with the focus is the wanted one. */
async function tabTo(page, wanted, argument) {
  for (let n = 0; n < 80; n++) {
    if (await page.evaluate(wanted, argument)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not get to ${JSON.stringify(argument)}`);
}

const focusIs = {
  radio: () => document.activeElement?.matches(".quiz-item input[type=radio]"),
  labelled: (text) => document.activeElement?.matches(".quiz-item input") && document.activeElement.closest("label")?.textContent?.trim() === text,
  control: (n) => document.activeElement === document.querySelectorAll(".quiz-item select, .quiz-item input.gap, .quiz-item .field input")[n],
  named: (name) => (document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "").replace(/\s/g, "") === name.replace(/\s/g, ""),
};

/** choose moves a select with the arrows until it shows the text. */
async function choose(page, text) {
  for (let n = 0; n < 12; n++) {
    const shown = await page.evaluate(() => document.activeElement.selectedOptions[0].textContent.replace(/^[A-Z] /, ""));
    if (shown === text) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`no option ${text}`);
}

async function answerByKeyboard(page, q) {
  if (q.pick) {
    await tabTo(page, focusIs.radio);
    await page.keyboard.press("Space");
    for (let n = 0; n < 6 && !(await page.evaluate(focusIs.labelled, q.pick[0])); n++) await page.keyboard.press("ArrowDown");
  }
  for (const text of q.tick ?? []) {
    await tabTo(page, focusIs.labelled, text);
    await page.keyboard.press("Space");
  }
  for (const [n, text] of (q.type ?? q.fill ?? []).entries()) {
    await tabTo(page, focusIs.control, n);
    if (await page.evaluate(() => document.activeElement.tagName === "SELECT")) await choose(page, text);
    else await page.keyboard.insertText(text);
  }
  if (q.match) {
    const prompts = await page.locator(".matching label").allTextContents();
    for (const [n, prompt] of prompts.entries()) {
      await tabTo(page, focusIs.control, n);
      await choose(page, q.match[prompt.trim()]);
    }
  }
  for (const [place, thing] of (q.order ?? []).entries()) {
    for (let n = 0; n < 6; n++) {
      const now = (await page.locator(".ordering .prose").allTextContents()).map((s) => s.trim());
      if (now[place] === thing) break;
      await page.evaluate(() => document.querySelector(".quiz-item h2").focus());
      await tabTo(page, focusIs.named, t("quizzes.move_up", { what: thing }));
      await page.keyboard.press("Enter");
    }
  }
}

test("thirty questions of every kind on a phone by keyboard alone", async () => {
  const { page, attempt } = await opened("keyboard", "phone");
  assert.equal(asked.length, 30);
  const looked = new Set();
  for (const [i, q] of asked.entries()) {
    await page.getByRole("heading", { level: 2, name: t("quizzes.item_of", { n: i + 1, total: asked.length }) }).waitFor();
    if (q.about) await page.locator(".case").getByText(q.about, { exact: false }).waitFor();
    await answerByKeyboard(page, q);
    await saved(page);
    const kind = Object.keys(q).find((k) => ["match", "order", "fill", "tick", "pick", "type"].includes(k)) + (q.note ?? "");
    if (!looked.has(kind)) {
      looked.add(kind);
      assert.deepEqual(await inspect(page, "zh-Hans"), [], q.text);
      await shoot(page, `quiz-phone-${String(i + 1).padStart(2, "0")}`);
    }
    await tabTo(page, focusIs.named, i < asked.length - 1 ? t("quizzes.next") : t("quizzes.to_submit"));
    await page.keyboard.press("Enter");
  }
  await page.getByRole("dialog").getByText(t("quizzes.all_answered")).waitFor();
  await tabTo(page, focusIs.named, t("quizzes.submit"));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: t("quizzes.passed") }).waitFor();
  assert.deepEqual(await inspect(page, "zh-Hans"), []);
  await shoot(page, "quiz-phone-result");
  const after = await stored(page, attempt.id);
  assert.deepEqual(after.result.items.filter((i) => !["right", "stated"].includes(i.status)), []);
  assert.equal(after.result.percent, 100);
  await page.context().close();
});
