import { useTranslation } from "react-i18next";
import type { ClauseRun } from "../api/views";

/** Runs is both texts in one: struck out what is gone, underlined what is new. */
export function Runs({ runs }: { runs: ClauseRun[] }) {
  return <p className="runs">{runs.map((run, i) => <Marked key={i} run={run} />)}</p>;
}

/** Side is one of the two texts with what the other does not have marked. */
export function Side({ runs, side }: { runs: ClauseRun[]; side: "old" | "new" }) {
  const { t } = useTranslation();
  const own = runs.filter((run) => run.op !== (side === "old" ? "insert" : "delete"));
  return (
    <div className="runs" role="group" aria-label={t(`policies.text_${side}`)}>
      {own.length === 0 ? <span className="soft">–</span> : own.map((run, i) => <Marked key={i} run={run} />)}
    </div>
  );
}

function Marked({ run }: { run: ClauseRun }) {
  const text = plain(run.text);
  if (text.trim() === "") return <>{text}</>; // a colour on nothing says nothing
  if (run.op === "delete") return <del>{text}</del>;
  if (run.op === "insert") return <ins>{text}</ins>;
  return <>{text}</>;
}

/** plain leaves out comments, Markdown's signs for headings and strong words, and joins empty lines: readers compare words. */
function plain(text: string): string {
  return text.replace(/<!--.*?-->/gs, "").replace(/\*\*|__/g, "").replace(/^#{1,6}[ \t]+/gm, "").replace(/\n{2,}/g, "\n");
}
