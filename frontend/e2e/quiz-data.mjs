// A course with a quiz of thirty questions of every kind that is graded by itself,
// and what is right, by the words on the screen.
import { zipSync } from "fflate";

const choice = (n) => ({ text: `第${n}题：一般投诉应在多久内回复？`, gift: "{=48 小时 ~24 小时 ~72 小时 ~7 天}", pick: ["48 小时"] });
const several = (n) => ({ text: `第${n}题：哪些属于销售人员的义务？`, gift: "{~%50%揭示风险 ~%50%了解客户 ~%-100%承诺收益}", tick: ["揭示风险", "了解客户"] });
const truth = (n) => ({ text: `第${n}题：投诉可以口头提出。`, gift: "{T}", pick: ["正确"] });
const number = (n) => ({ text: `第${n}题：重大投诉的处理期限是几个工作日？`, gift: "{#7}", note: "[unit:个工作日=1]", type: ["7 个工作日"] });
const word = (n) => ({ text: `第${n}题：每件投诉都要有指定的什么人？`, gift: "{=责任人 =負責人}", type: ["責任人"] });

/** questions are in the order of the paper. */
export const questions = [
  { text: "客户张女士四月一日在网点投诉理财产品亏损，要求当场赔付。柜员口头答应后没有登记。", gift: "", note: "[set:案例一]", about: true },
  { text: "首先应当做什么？", gift: "{=登记并说明时限 ~等客户自己离开 ~当场赔付}", note: "[set:案例一]", pick: ["登记并说明时限"], about: "张女士" },
  { text: "柜员违反了哪条规定？", gift: "{=首问负责制 ~反洗钱规定}", note: "[set:案例一]", pick: ["首问负责制"], about: "张女士" },
  { text: "把事项与时限配对。", gift: "{=一般投诉 -> 48 小时 =重大投诉 -> 7 个工作日 = -> 30 天}", match: { 一般投诉: "48 小时", 重大投诉: "7 个工作日" } },
  { text: "把处理步骤排成次序。", note: "[kind:ordering]", gift: "{=受理 =登记 =调查 =答复}", order: ["受理", "登记", "调查", "答复"] },
  { text: "一般投诉须在\\{1:NUMERICAL:\\=48\\}小时内回复，由\\{1:MULTICHOICE:\\=责任人~保安\\}负责，不得\\{1:SHORTANSWER:\\=推诿\\}。", note: "[kind:cloze]", gift: "", fill: ["48", "责任人", "推诿"] },
  { text: "先[[1]]，后[[2]]。", note: "[kind:drag]", gift: "{=评估 =销售 =承诺}", fill: ["评估", "销售"] },
  ...Array.from({ length: 24 }, (_, i) => [choice, several, truth, number, word][i % 5](i + 7)),
];

/** asked are the questions without the case. */
export const asked = questions.filter((q) => q.about !== true);

export function quizCourse(slug, minutes = 90) {
  const gift = questions.map((q, i) => `${q.note ? `// ${q.note}\n` : ""}::q${String(i + 1).padStart(2, "0")}::[markdown]${q.text} ${q.gift}\n`).join("\n");
  const text = (s) => new TextEncoder().encode(s);
  return Buffer.from(zipSync({
    "course.md": text(`---\nslug: ${slug}\ncategory: complaints\nminutes: 30\ntitles: {zh-Hans: 三十题测验}\nsummaries: {zh-Hans: 各种题型。}\nquiz: {pass_mark: 80, minutes: ${minutes}}\n---\n`),
    "lessons/01-one.zh-Hans.md": text("# 一\n\n请阅读。\n"),
    "quiz.zh-Hans.gift": text(gift),
  }));
}
