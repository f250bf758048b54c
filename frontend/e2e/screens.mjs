// Every screen, in each language, on a desktop and a phone: nothing for axe to
// find, nothing wider than the screen, no error, no foreign request. Each language
// has a file of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect, settle, shoot, signIn, sizes, visit } from "./browser.mjs";
import { stage } from "./stage.mjs";

const month = (items) => items[0].month;
const screens = {
  employee: [
    ["training", "/"],
    ["catalogue", "/courses"],
    ["course", async (get) => `/courses/${(await get("/courses")).items[0].slug}`],
    ["lesson", async (get) => `/courses/${(await get("/courses")).items[0].slug}/lessons/1`],
    ["lesson-check", "/courses/complaint-handling/lessons/2"],
    ["course-stale", "/courses/complaint-handling"],
    ["briefings", "/briefings"],
    ["briefing", async (get) => `/briefings/${month((await get("/briefings")).items)}`],
    ["policies", "/policies"],
    ["policy", async (get) => `/policies/${(await get("/policies")).items[0].code}`],
    ["policy-version", async (get) => `/policies/${(await get("/policies")).items[0].code}/versions/1`],
    ["policy-changes", async (get) => `/policies/${(await get("/policies")).items[0].code}/versions/2/changes`],
    ["certificates", "/certificates"],
    ["my-performance", "/performance"],
    ["search", "/search?q=%E6%8A%95%E8%AF%89"],
    ["account", "/account"],
    ["missing", "/nowhere"],
    ["course-practice", "/courses/complaint-cases"],
    ["practice", async (get, post) => `/attempts/${(await post(`/quizzes/${(await get("/courses/complaint-cases")).quiz.id}/practice`)).id}`],
    ["attempt", async (get, post) => {
      const { items } = await get("/courses");
      const quiz = (await get(`/courses/${items[0].slug}`)).quiz;
      return `/attempts/${(await post(`/quizzes/${quiz.id}/attempts`)).id}`;
    }],
  ],
  officer: [
    ["banks", "/officer/banks"],
    ["bank", "/officer/banks/complaint-bank"],
    ["bank-import", "/officer/banks/complaint-bank/import"],
    ["bank-item", async (get) => `/officer/banks/complaint-cases/items/${(await get("/banks/complaint-cases/items")).items[2].id}`],
    ["publish-course", "/officer/courses"],
    ["publish-briefing", "/officer/briefings"],
    ["policy-drafts", "/officer/policies"],
    ["policy-officer", async (get) => `/policies/${(await get("/policies")).items[0].code}`],
    ["policy-draft", "/officer/policies/new"],
    ["acknowledgements", "/officer/acknowledgements"],
    ["exposure", "/officer/exposure"],
    ["quizzes", "/officer/quizzes"],
    ["quiz-desk", async (get) => `/officer/quizzes/${(await get("/quizzes")).items[0].id}`],
    ...["attempts", "conditions", "learning"].map((section) => [`quiz-${section}`, async (get) => `/officer/quizzes/${(await get("/quizzes")).items[0].id}?section=${section}`]),
    ["writing", "/officer/writing"],
    ["editor", async (_, post) => {
      await post("/manuscripts", { slug: "complaint-handling" });
      return "/officer/writing/complaint-handling?file=lessons/02-time-limits.zh-Hans.md";
    }],
    ["editor-not-open", "/officer/writing/risk-disclosure-suitability"],
    ["revisions", "/courses/complaint-handling/revisions"],
    ["citations", "/officer/citations"],
    ["briefing-officer", async (get) => `/briefings/${(await get("/briefings")).items[1].key}`],
    ["meeting", async (get) => `/officer/briefings/${(await get("/briefings")).items[0].key}/meeting`],
  ],
  desk: [
    ["complaints", "/desk/complaints"],
    ["complaint-summary", "/desk/summary"],
    ["complaint-import", "/desk/import"],
  ],
  hr: [
    ["scores", "/hr/performance"],
    ["person-card", async (get) => {
      const period = `${new Date().getFullYear()}-Q${Math.floor(new Date().getMonth() / 3) + 1}`;
      const rows = (await get(`/performance/scores?period=${period}`)).items;
      return `/hr/performance/${rows[0].employee_no}?period=${period}`;
    }],
    ["certification-records", "/hr/certifications"],
    ["people", "/hr/people"],
    ["people-import", "/hr/people/import"],
  ],
  admin: [
    ["roles", "/admin/roles"],
    ["audit", "/admin/audit"],
  ],
};

const only = process.env.ONLY?.split(",");

// A screen is loaded once and seen at both sizes, in traditional Chinese the phone's first.
const order = (locale) => (locale === "zh-Hant" ? ["phone", "desktop"] : ["desktop", "phone"]);

/** look inspects and shoots the screen on the page at each size; it returns what is wrong, size by size. */
async function look(page, name, locale) {
  const faults = {};
  for (const size of order(locale)) {
    await page.setViewportSize(sizes[size]);
    await settle(page);
    const found = await inspect(page, locale);
    await shoot(page, `${name}.${locale}.${size}`);
    if (found.length > 0) faults[size] = found;
  }
  return faults;
}

/** screensIn tests every screen in one language. ONLY names the screens when not all are wanted. */
export function screensIn(locale) {
  const on = stage();
  test(`the door, ${locale}`, { skip: only && !only.includes("sign-in") }, async () => {
    const page = await visit(on.browser, on.server.url, locale, order(locale)[0]);
    await page.goto("/sign-in");
    assert.deepEqual(await look(page, "sign-in", locale), {});
    await page.context().close();
  });
  for (const [login, list] of Object.entries(screens)) {
    const chosen = list.filter(([name]) => !only || only.includes(name));
    if (chosen.length === 0) continue;
    test(`screens of ${login}, ${locale}`, async (t) => {
      const page = await visit(on.browser, on.server.url, locale, order(locale)[0]);
      await signIn(page, login, locale);
      const get = async (path) => (await page.request.get(`${on.server.url}/api/v1${path}`)).json();
      const post = async (path, data) => (await page.request.post(`${on.server.url}/api/v1${path}`, { headers: { Origin: on.server.url }, data })).json();
      for (const [name, where] of chosen) {
        await t.test(name, async () => {
          await page.setViewportSize(sizes[order(locale)[0]]);
          await page.goto(typeof where === "string" ? where : await where(get, post));
          assert.deepEqual(await look(page, name, locale), {});
        });
      }
      await page.context().close();
    });
  }
}
