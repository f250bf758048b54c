// Hostile text as policy, course, briefing, title and name: nothing of it runs in
// a real browser, even without the content security policy.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { zipSync } from "fflate";
import { password, settle, words } from "./browser.mjs";
import { payloads } from "./hostile-data.mjs";
import { stage } from "./stage.mjs";

const t = words("zh-Hans");
const on = stage();

/** as signs somebody in and returns a caller of the API that never throws. */
async function as(login) {
  const context = await on.browser.newContext({ baseURL: on.server.url, bypassCSP: true, locale: "zh-CN" });
  await context.addCookies([{ name: "anwen_language", value: "zh-Hans", url: on.server.url }]);
  const signed = await context.request.post("/api/v1/session", { data: { login, password }, headers: { Origin: on.server.url } });
  assert.equal(signed.status(), 200, login);
  const call = (method, path, options) => context.request.fetch(`/api/v1${path}`, { method, headers: { Origin: on.server.url }, ...options });
  return { context, call };
}

/** harmless opens a page and tells what ran, what could run, and what it asked foreign hosts for. */
async function harmless(who, path, ready) {
  const page = await who.context.newPage();
  const ran = [];
  page.on("dialog", async (d) => { ran.push(`dialog ${d.message()}`); await d.dismiss(); });
  page.on("request", (r) => { if (!r.url().startsWith(on.server.url) && !/^(data|blob):/.test(r.url())) ran.push(`request ${r.url()}`); });
  page.on("framenavigated", (f) => { if (f === page.mainFrame() && !f.url().startsWith(on.server.url)) ran.push(`went to ${f.url()}`); });
  await page.goto(path);
  await settle(page);
  await page.getByText(ready).first().waitFor();
  const could = await page.evaluate(() => {
    const bad = [];
    for (const e of document.querySelectorAll("main *")) {
      const own = e.closest(".anticon, .ant-select-arrow, .brand") || (e.tagName === "FORM" && !e.closest(".prose"));
      if (!own && /^(script|iframe|object|embed|svg|math|style|form|base|link|meta|audio|video|marquee|frameset)$/i.test(e.tagName)) bad.push(e.outerHTML.slice(0, 120));
      for (const a of e.attributes) {
        if (/^on/i.test(a.name)) bad.push(`${e.tagName} ${a.name}`);
        if (/^(href|src|action|formaction|xlink:href|srcdoc)$/i.test(a.name) && /^[\s\u0000-\u001f]*(javascript|vbscript|data|file)[\s\u0000-\u001f]*:/i.test(a.value)) bad.push(`${e.tagName} ${a.name}=${a.value.slice(0, 80)}`);
      }
    }
    return bad;
  });
  // What waits for a mouse or a key gets them.
  for (const e of (await page.locator(".prose *").all()).slice(0, 40)) await e.hover({ timeout: 200, force: true }).catch(() => {});
  await page.keyboard.press("Tab");
  await page.close();
  return [...ran, ...could];
}

/** acceptable are the payloads that a check does not refuse; a refusal is as good as harmlessness. */
async function acceptable(check) {
  const kept = [];
  for (const payload of payloads) if (await check(payload)) kept.push(payload);
  return kept;
}

const content = (title, text) => ({ titles: { "zh-Hans": title }, texts: { "zh-Hans": text }, effective_from: "2026-01-01" });

test(`${payloads.length} payloads`, async (c) => {
  assert.ok(payloads.length >= 200);
  const officer = await as("officer");
  const approver = await as("approver");
  const reader = await as("employee");

  await c.test("as the text and the titles of policies", async () => {
    const kept = await acceptable(async (p, i = payloads.indexOf(p)) => {
      const made = await officer.call("POST", "/policy-drafts", { data: { code: `X-${i}`, content: content(p.slice(0, 150) || "x", `起点\n\n${p}\n\n终点\n`) } });
      if (!made.ok()) return false;
      const draft = await made.json();
      return (await officer.call("POST", `/policy-drafts/${draft.id}/submission`, { data: { edition: draft.edition, confirmed_warnings: draft.warnings?.length ?? 0 } })).ok();
    });
    assert.ok(kept.length > payloads.length / 2, `${kept.length} are rendered`);
    assert.deepEqual(await harmless(officer, "/officer/policies", t("policies.open_drafts")), [], "titles in the list");
    let draft = await (await officer.call("POST", "/policy-drafts", { data: { code: "HOSTILE", content: content("敌意文本", `起点\n\n${kept.join("\n\n")}\n\n终点\n`) } })).json();
    draft = await (await officer.call("POST", `/policy-drafts/${draft.id}/submission`, { data: { edition: 1, confirmed_warnings: draft.warnings?.length ?? 0 } })).json();
    assert.equal(draft.state, "in_review", JSON.stringify(draft).slice(0, 400));
    await approver.call("POST", `/policy-drafts/${draft.id}/approval`, { data: { edition: 1, material: true } });
    assert.equal((await (await approver.call("POST", `/policy-drafts/${draft.id}/publication`, { data: { edition: 1 } })).json()).state, "published");
    assert.deepEqual(await harmless(reader, "/policies/HOSTILE/versions/1", "起点"), [], "the text");
    assert.deepEqual(await harmless(reader, "/policies/HOSTILE/versions/1/changes", "起点"), [], "the difference");
  });

  await c.test("as the parts of a briefing", async () => {
    const text = (part) => ({ month: "2028-01", texts: { "zh-Hans": { title: "敌意简报", changes: part, impact: part, plan: part } }, policies: [] });
    const kept = await acceptable(async (p) => (await officer.call("POST", "/briefings", { data: { ...text(`起点\n\n${p}\n`), dry_run: true } })).ok());
    const all = text(`起点\n\n${kept.join("\n\n")}\n`);
    const { warnings } = await (await officer.call("POST", "/briefings", { data: { ...all, dry_run: true } })).json();
    const done = await officer.call("POST", "/briefings", { data: { ...all, confirmed_warnings: warnings.length } });
    assert.ok(done.ok(), await done.text());
    assert.deepEqual(await harmless(reader, "/briefings/2028-01", "起点"), []);
  });

  await c.test("as a lesson", async () => {
    const zip = (text) => Buffer.from(zipSync({
      "course.md": Buffer.from("---\nslug: hostile\ncategory: risk\nminutes: 5\ntitles: {zh-Hans: 敌意课程}\nsummaries: {zh-Hans: 测试。}\n---\n"),
      "lessons/01-one.zh-Hans.md": Buffer.from(`# 一\n\n起点\n\n${text}\n`),
    }));
    const send = (text, dry_run, confirmed = 0) => officer.call("POST", "/courses", { multipart: { file: { name: "c.zip", mimeType: "application/zip", buffer: zip(text) }, dry_run: String(dry_run), confirmed_warnings: String(confirmed) } });
    const kept = await acceptable(async (p) => (await send(p, true)).ok());
    const { warnings } = await (await send(kept.join("\n\n"), true)).json();
    const done = await send(kept.join("\n\n"), false, warnings.length);
    assert.ok(done.ok(), await done.text());
    assert.deepEqual(await harmless(reader, "/courses/hostile/lessons/1", "起点"), []);
  });

  await c.test("as minutes, actions and a text being written", async () => {
    const people = (await (await officer.call("GET", "/people?limit=2")).json()).items;
    const meeting = (notes) => officer.call("POST", "/briefings/2028-01/meeting", { data: {
      held_at: "2026-01-05T01:00:00Z", place: "起点", chair_no: people[0].employee_no, recorder_no: people[1].employee_no, notes, room: [], remote: [] } });
    const kept = await acceptable(async (p) => (await meeting(`起点\n\n${p}\n`)).ok());
    assert.ok((await meeting(`起点\n\n${kept.join("\n\n")}\n`)).ok());
    for (const p of payloads.slice(0, 120)) await officer.call("POST", "/briefings/2028-01/actions", { data: { text: p.slice(0, 300), owner_no: people[0].employee_no, due_on: "2028-02-01" } });
    assert.deepEqual(await harmless(officer, "/briefings/2028-01", "起点"), [], "minutes and actions");
    assert.ok((await officer.call("POST", "/manuscripts", { data: { slug: "hostile" } })).ok());
    const file = "lessons/01-one.zh-Hans.md";
    const { edition } = await (await officer.call("GET", `/manuscripts/hostile/text?name=${file}`)).json();
    const saved = await officer.call("PUT", `/manuscripts/hostile/text?name=${file}`, { data: { edition, content: `# 一\n\n起点\n\n${payloads.join("\n\n")}\n` } });
    assert.ok(saved.ok(), await saved.text());
    assert.deepEqual(await harmless(officer, `/officer/writing/hostile?file=${file}`, "起点"), [], "the preview");
  });

  await c.test("as names of people", async () => {
    const admin = await as("admin");
    const quoted = (s) => `"${s.replaceAll('"', '""')}"`;
    const line = payloads.map((p) => p.replace(/[\r\n\u0000-\u001f]/g, " ").slice(0, 100).trim()).filter(Boolean);
    const csv = ["employee_no,name,unit_code", ...line.map((p, i) => `H${String(i).padStart(4, "0")},${quoted(p)},AH-E01`)].join("\n");
    const done = await admin.call("POST", "/people/imports", { multipart: { file: { name: "p.csv", mimeType: "text/csv", buffer: Buffer.from(csv) }, dry_run: "false" } });
    assert.ok(done.ok(), await done.text());
    for (const cursor of ["", "H0049", "H0149"]) {
      assert.deepEqual(await harmless(admin, `/hr/people?q=H${cursor.slice(1, 3)}`, "H0"), [], cursor);
    }
  });
});

test("the list of naughty strings is part of the payloads where it is at hand", { skip: !existsSync(new URL("../../../shared/fixtures/strings/blns.json", import.meta.url)) && "../shared/fixtures/strings is not here" }, () => {
  const naughty = JSON.parse(readFileSync(new URL("../../../shared/fixtures/strings/blns.json", import.meta.url), "utf8"));
  assert.ok(naughty.filter((s) => payloads.includes(s)).length >= 100);
});
