// A browser as our users have it, and the steps that every test needs.
import { AxeBuilder } from "@axe-core/playwright";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const sizes = { desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } };
export const password = "anwen-demo";

const screens = new URL("../screens/", import.meta.url).pathname;
mkdirSync(screens, { recursive: true });

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/**
 * words reads the client's own catalogue, so that a test asks for what is on
 * screen: t(key, values) is a text, t.like(key) a pattern for any values.
 */
export function words(locale) {
  const read = (room) => JSON.parse(readFileSync(new URL(`../src/i18n/locales/${locale}/${room}.json`, import.meta.url), "utf8"));
  const rooms = {};
  const find = (key) => {
    const [room, name] = key.split(".");
    rooms[room] ??= read(room);
    const text = rooms[room][name] ?? rooms[room][`${name}_other`];
    if (text === undefined) throw new Error(`no text ${key} in ${locale}`);
    return text;
  };
  const t = (key, values = {}) => find(key).replace(/{{(\w+)}}/g, (_, v) => String(values[v] ?? ""));
  t.like = (key) => new RegExp(find(key).split(/{{\w+}}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".+"));
  return t;
}

/** visit opens a fresh browser context in a language; errors on the page are collected. */
export async function visit(browser, url, locale = "zh-Hans", size = "desktop") {
  const context = await browser.newContext({ viewport: sizes[size], baseURL: url, locale: "zh-CN", timezoneId: "Asia/Shanghai", reducedMotion: "reduce", acceptDownloads: true });
  await context.addCookies([{ name: "anwen_language", value: locale, url }]);
  const page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (e) => page.faults.push(`error: ${e.message}`));
  page.on("console", (m) => m.type() === "error" && !/Failed to load resource/.test(m.text()) && page.faults.push(`console: ${m.text()}`));
  page.on("request", (r) => {
    if (!r.url().startsWith(url) && !/^(data|blob):/.test(r.url())) page.faults.push(`foreign request: ${r.url()}`);
  });
  return page;
}

/** signIn types login and password as a person does. */
export async function signIn(page, login, locale = "zh-Hans") {
  const t = words(locale);
  await page.goto("/sign-in");
  await page.getByLabel(t("people.login")).fill(login);
  await page.getByLabel(t("people.password")).fill(password);
  await page.getByRole("button", { name: t("people.sign_in"), exact: true }).click();
  await page.getByRole("heading", { level: 1, name: t("training.my_training") }).waitFor();
}

/** settle waits until the page has its title and nothing on it is loading any more. */
export async function settle(page) {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(() => !document.querySelector("#first, .bone, [aria-busy=true], .ant-select-loading"));
  await page.evaluate(() => document.fonts.ready);
}

// Only what is wrong is gathered, and in the page itself: it has no frames.
const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] };

/** inspect returns what is wrong with the page on screen: axe, overflow, errors, title, language. */
export async function inspect(page, locale) {
  const found = await new AxeBuilder({ page }).setLegacyMode().options(rules).analyze();
  const faults = found.violations.map((v) => `axe ${v.id}: ${v.help} (${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")})`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) faults.push(`the page is ${wide} px wider than the screen`);
  const lang = await page.evaluate(() => document.documentElement.lang);
  if (lang !== locale) faults.push(`lang is ${lang}`);
  const raw = await page.evaluate(() => /\b(app|people|courses|training|quizzes|banks|policies|briefings|certificates|complaints|performance|records|search|audit)\.[a-z_]+\b/.exec(document.querySelector("#root")?.innerText ?? "")?.[0]);
  if (raw && !(await page.evaluate(() => location.pathname.startsWith("/admin/audit")))) faults.push(`untranslated: ${raw}`);
  return [...faults, ...page.faults.splice(0)];
}

/** shoot keeps a picture of the page under frontend/screens/. */
export function shoot(page, name) {
  return page.screenshot({ path: join(screens, `${name}.png`), fullPage: true });
}
