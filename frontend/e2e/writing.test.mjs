// A course is written in the browser from nothing: text with live preview, a
// pasted picture, a translation beside it, a question; two authors on one text;
// published, revised, compared, exported and imported again; and read on a phone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inspect, settle, shoot, signIn, visit, words } from "./browser.mjs";
import { stage } from "./stage.mjs";

const locale = "zh-Hans";
const t = words(locale);
const on = stage();
const slug = `phone-manners-${Date.now().toString(36)}`;
const hans = "lessons/01-first.zh-Hans.md";
const lesson = "# 接听电话\n\n三声之内接起，先报行名。\n\n> [!TIP]\n> 微笑听得见。\n\n见[第五条](policy:POL-CH-001#第五条)。\n\n```check\n::声:: 几声之内接起？ {=三声 ~六声}\n```\n";

async function person(login, size = "desktop") {
  const page = await visit(on.browser, on.server.url, locale, size);
  await signIn(page, login, locale);
  return page;
}
const press = (page, label) => page.getByRole("button", { name: label, exact: true }).click();
const says = (page, text) => page.getByText(text, { exact: true }).first().waitFor();
const write = (page) => page.locator("#text");
const saved = (page) => says(page, t("app.text_saved"));

async function seen(page, what) {
  await settle(page);
  await shoot(page, `writing-${what}`);
  assert.deepEqual(await inspect(page, locale), [], what);
}

/** paste puts a picture on the page's clipboard and pastes it, as Ctrl+V does. */
function paste(page) {
  return page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 60, height: 30 });
    canvas.getContext("2d").fillRect(5, 5, 50, 20);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const data = new DataTransfer();
    data.items.add(new File([blob], "shot.png", { type: "image/png" }));
    document.querySelector("#text").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
}

/** record makes a short film of a canvas. */
async function record() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
  const pen = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/webm" });
  const pieces = [];
  recorder.ondataavailable = (e) => pieces.push(e.data);
  const stopped = new Promise((done) => { recorder.onstop = done; });
  recorder.start();
  for (let i = 0; i < 20; i++) {
    pen.fillStyle = `hsl(${i * 18} 80% 50%)`;
    pen.fillRect(0, 0, 64, 48);
    await new Promise((done) => setTimeout(done, 50));
  }
  recorder.stop();
  await stopped;
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}

test("a course is written, translated, published and read", async () => {
  const author = await person("officer");
  await author.goto("/officer/writing");
  await author.getByLabel(t("courses.new_title")).fill("电话礼仪：“三声”之内");
  await author.getByLabel(t("courses.new_slug")).fill(slug);
  await press(author, t("courses.begin_new"));
  await author.getByRole("heading", { level: 1, name: t("courses.write_course", { slug }) }).waitFor();
  await saved(author);
  await write(author).fill(lesson);
  await author.locator(".preview blockquote.callout-tip").waitFor();
  await author.locator(".preview h2", { hasText: "接听电话" }).waitFor();
  await saved(author);
  await write(author).press("Control+End");
  await paste(author);
  await author.locator(".preview img").waitFor();
  await author.waitForFunction(() => document.querySelector(".preview img").naturalWidth === 60);
  await saved(author);

  // A film with captions, recorded here and now.
  const film = Buffer.from(await author.evaluate(record), "base64");
  await author.getByLabel(t("courses.add_file")).setInputFiles({ name: "intro.webm", mimeType: "video/webm", buffer: film });
  await author.getByText("media/intro.webm", { exact: true }).first().waitFor();
  await author.getByLabel(t("courses.add_file")).setInputFiles({ name: "intro.zh-Hans.vtt", mimeType: "text/vtt", buffer: Buffer.from("WEBVTT\n\n00:00.000 --> 00:01.000\n三声之内\n") });
  await author.getByText("media/intro.zh-Hans.vtt", { exact: true }).first().waitFor();
  await write(author).press("Control+End");
  await author.keyboard.type("\n\n![讲解](../media/intro.webm)\n");
  await saved(author);

  // The missing translation is shown, and written beside the original.
  await author.getByRole("button", { name: /lessons\/01-first\.en\.md/ }).click();
  await says(author, t("app.text_new"));
  await author.getByRole("combobox", { name: t("courses.beside") }).selectOption(locale);
  await author.locator("pre.other-text", { hasText: "三声之内接起" }).waitFor();
  await write(author).fill("# Answering the telephone\n\nWithin three rings.\n");
  await saved(author);
  await seen(author, "translation");

  await press(author, t("courses.check_all"));
  await says(author, t("courses.check_ok"));
  await press(author, t("courses.publish_revision", { n: 1 }));
  await author.getByRole("link", { name: t("courses.see_course") }).click();
  await author.getByRole("heading", { level: 1, name: "电话礼仪：“三声”之内" }).waitFor();

  const reader = await person("employee", "phone");
  await reader.goto(`/courses/${slug}/lessons/1`);
  await reader.getByRole("radio", { name: "六声" }).check();
  await press(reader, t("courses.check_answer"));
  await says(reader, t("courses.check_wrong"));
  await reader.getByRole("radio", { name: "三声" }).check();
  await press(reader, t("courses.check_answer"));
  await says(reader, t("courses.check_right"));
  await reader.waitForFunction(() => document.querySelector("video")?.readyState >= 1 && document.querySelector("video").videoWidth === 64);
  await reader.evaluate(() => { document.querySelector("video").textTracks[0].mode = "showing"; });
  await reader.waitForFunction(() => document.querySelector("video").textTracks[0].cues?.[0]?.text === "三声之内");
  await seen(reader, "reader");
  await reader.getByRole("link", { name: "第五条" }).click();
  await reader.locator(".cited-clause", { hasText: "第五条" }).waitFor();
  await Promise.all([author, reader].map((p) => p.context().close()));
});

test("of two authors neither loses a word", async () => {
  const [first, second] = [await person("officer"), await person("approver")];
  for (const page of [first, second]) {
    await page.goto(`/officer/writing/${slug}?file=${hans}`);
    if (page === first) await press(page, t("courses.write")); // published above: nobody is writing it
    await saved(page);
  }
  await write(first).fill("# 接听电话\n\n第一位作者的话。\n");
  await saved(first);
  await write(second).fill("# 接听电话\n\n第二位作者的话。\n");
  await says(second, t("app.text_conflict"));
  assert.match(await second.locator("#theirs").inputValue(), /第一位作者的话/);
  assert.match(await write(second).inputValue(), /第二位作者的话/);
  await seen(second, "conflict");
  await press(second, t("app.text_keep_mine"));
  await saved(second);
  await second.reload();
  await saved(second);
  assert.match(await write(second).inputValue(), /第二位作者的话/);
  await first.context().close();

  // What the network takes away stays on the device and is saved later.
  await second.route("**/text?*", (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
  await write(second).fill("# 接听电话\n\n断网时写下的话。\n");
  await says(second, t("app.text_failed"));
  await second.unroute("**/text?*");
  await second.reload();
  await saved(second);
  assert.match(await write(second).inputValue(), /断网时写下的话/);
  await press(second, t("courses.check_all"));
  await press(second, t("courses.publish_revision", { n: 2 }));
  await says(second, t("courses.see_course"));
  await second.goto(`/courses/${slug}/revisions`);
  await second.locator("ins, .insert, .runs").first().waitFor();
  await seen(second, "history");
  await second.context().close();
});

test("a course comes out as it went in", async () => {
  const author = await person("officer");
  await author.goto(`/courses/${slug}`);
  const waiting = author.waitForEvent("download");
  await author.getByRole("link", { name: t("courses.export") }).click();
  const download = await waiting;
  assert.equal(download.suggestedFilename(), `${slug}.zip`);
  const bytes = readFileSync(await download.path());
  const send = (dry_run) => author.request.post(`${on.server.url}/api/v1/courses`, {
    headers: { Origin: on.server.url }, multipart: { file: { name: "c.zip", mimeType: "application/zip", buffer: bytes }, dry_run } });
  const report = await (await send("false")).json();
  assert.equal(report.unchanged, true);
  const again = await author.request.get(`${on.server.url}/api/v1/courses/${slug}/export.zip`);
  assert.deepEqual(await again.body(), bytes);
  await author.context().close();
});
