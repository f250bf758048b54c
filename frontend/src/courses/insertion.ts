interface Inserted { text: string; select: [number, number] }
export type Insertion = (text: string, from: number, to: number) => Inserted;

/** around puts marks around what is selected, and selects it again. */
const around = (before: string, after: string): Insertion => (text, from, to) => ({
  text: text.slice(0, from) + before + text.slice(from, to) + after + text.slice(to),
  select: [from + before.length, to + before.length],
});

/** block puts lines of its own below the line of the cursor. */
const block = (lines: string): Insertion => (text, _from, to) => {
  const end = text.indexOf("\n", to) < 0 ? text.length : text.indexOf("\n", to);
  const gap = end === 0 ? "" : "\n\n";
  return { text: `${text.slice(0, end)}${gap}${lines}\n${text.slice(end)}`, select: [end + gap.length, end + gap.length + lines.length] };
};

/** insertions are what the editor's buttons put into a lesson. */
export const insertions = [
  { key: "bold", make: around("**", "**") },
  { key: "heading", make: block("## ") },
  { key: "link", make: around("[", "](https://)") },
  { key: "clause", make: around("[", "](policy:CODE#1)") },
  { key: "table", make: block("| A | B |\n| - | - |\n|   |   |") },
  { key: "callout", make: block("> [!WARNING]\n> ") },
  { key: "check", make: block("```check\n::name:: ? {=A ~B}\n```") },
] as const satisfies readonly { key: string; make: Insertion }[];
