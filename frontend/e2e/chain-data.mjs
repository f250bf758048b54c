// What the people of the chain bring: a course folder, the right answers, and
// complaint facts as a desk's spreadsheet saves them.
import { execFileSync } from "node:child_process";
import { zipSync } from "fflate";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const name = "林若溪";
export const title = "责任人变更与交接：二〇二六年《客户投诉处理管理办法》修订后分支机构投诉处理专员必修课程";
const employee = "AH00013";
const folder = new URL("course/", import.meta.url).pathname;

/** courseZip is the course folder beside this file, zipped. */
export function courseZip() {
  const files = {};
  const add = (under) => {
    for (const entry of readdirSync(join(folder, under), { withFileTypes: true })) {
      const path = join(under, entry.name);
      if (entry.isDirectory()) add(path);
      else files[path] = readFileSync(join(folder, path));
    }
  };
  add("");
  return Buffer.from(zipSync(files));
}

/** keys answer the items of the course's quiz in their order, as a person does. */
export const keys = [
  (page) => page.getByLabel("受理的那一刻。", { exact: true }).check(),
  async (page) => {
    await page.getByLabel("变更原因", { exact: true }).check();
    await page.getByLabel("新责任人的确认时间", { exact: true }).check();
  },
  (page) => page.getByLabel("错误", { exact: true }).check(),
  (page) => page.getByLabel("您的答案（数字）").fill("７"), // full-width, as a Chinese keyboard types it
  (page) => page.getByLabel("您的答案").fill("责任人"),
];

/** facts are twelve complaints of one person in GB18030, as Excel saves Chinese CSV, with a customer's name and telephone. */
export function facts() {
  const head = "投诉编号,类别,机构编码,受理时间,首次回复时间,责任人工号,满意度,满意度回复日期,渠道,产品,根因,客户姓名,联系电话";
  const day = new Date(Date.now() - 6 * 86_400_000).toISOString().slice(0, 10);
  const rows = Array.from({ length: 12 }, (_, i) => {
    const n = String(i + 1).padStart(3, "0");
    return `ZC-2026-${n},一般投诉,AH-E01,${day} 09:${n.slice(1)},${day} ${i < 11 ? 15 : 16}:30,${employee},${i % 4 === 0 ? 2 : 5},${day},网点,个人贷款,信息不对称,张三,1380000${n}0`;
  });
  return execFileSync("iconv", ["-f", "UTF-8", "-t", "GB18030"], { input: [head, ...rows].join("\r\n") });
}
