import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { BankImport } from "../api/views";
import { Tag } from "../ui/Tag";
import { ReadQuestion } from "./ReadQuestion";

const shown = 200;

interface Entry { line: number; fault?: BankImport["faults"][number]; question?: BankImport["questions"][number] }

/** inOrder puts each fault where it stands in the text, before the question that follows; one without a line comes first. */
function inOrder(seen: BankImport, questions: BankImport["questions"]): Entry[] {
  const entries: Entry[] = [...seen.faults.map((fault) => ({ line: fault.line, fault })), ...questions.map((question) => ({ line: question.line, question }))];
  return entries.sort((a, b) => a.line - b.line);
}

/** ReadQuestions is what was read out of a text, in its order: each question as it will be asked, with its key, and each fault beside it. */
export function ReadQuestions({ seen, onLine }: { seen: BankImport | undefined; onLine?: ((line: number) => void) | undefined }) {
  const { t } = useTranslation();
  if (!seen) return <p className="soft">{t("banks.nothing_read")}</p>;
  const duplicates = new Map(seen.duplicates.map((d) => [d.name, d]));
  const toCheck = seen.questions.filter((q) => q.warnings.length > 0).length;
  // What needs a look is listed, however long the list is.
  const listed = seen.questions.filter((q, i) => i < shown || q.warnings.length > 0 || q.dropped.length > 0 || q.older > 0);
  return (
    <>
      <p role="status">
        <b>{t("banks.read", { count: seen.questions.length })}</b>{" "}
        {seen.faults.length > 0 && <Tag tone="bad">{t("app.faults", { count: seen.fault_count })}</Tag>}{" "}
        {toCheck > 0 && <Tag tone="warn">{t("banks.to_check", { count: toCheck })}</Tag>}{" "}
        {seen.duplicates.length > 0 && <Tag tone="warn">{t("banks.duplicates_found", { count: seen.duplicates.length })}</Tag>}
      </p>
      <ol className="read-list">
        {inOrder(seen, listed).map(({ fault, question: q }, i) => fault ? (
          <li key={i} className="fault-list">
            <p>
              <Tag tone="bad">{t("app.fault_message")}</Tag>{" "}
              {onLine && fault.line > 0 ? <Button type="link" danger onClick={() => onLine(fault.line)}>{t("banks.line", { n: fault.line })}</Button> : fault.line > 0 && t("banks.line", { n: fault.line })} {fault.message}
            </p>
          </li>
        ) : q && (
          <li key={i}>
            <div className="row apart">
              {onLine ? <Button type="link" size="small" className="mono" style={{ padding: 0 }} onClick={() => onLine(q.line)}>{q.name || t("banks.line", { n: q.line })}</Button> : <span className="mono small">{q.name}</span>}
              <span className="small soft">
                {q.called || t(`quizzes.kind_${q.kind}`)}{q.kind === "essay" && ` · ${t("banks.marked_by_hand")}`}{q.version > 0 && ` · ${t("banks.changes_version", { n: q.version })}`}
              </span>
            </div>
            <ReadQuestion question={q} />
            {q.older > 0 && <p className="small"><Tag tone="bad">{t("banks.check")}</Tag> {t("banks.older_text", { older: q.older, n: q.version })}</p>}
            {q.warnings.map((w) => <p key={w} className="small"><Tag tone="warn">{t("banks.check")}</Tag> {w}</p>)}
            {q.dropped.length > 0 && <p className="small">{t("banks.dropped", { list: q.dropped.join(t("app.list_comma")) })}</p>}
            {duplicates.has(q.name) && <p className="small">{t("banks.is_duplicate", { other: duplicates.get(q.name)?.other, bank: duplicates.get(q.name)?.bank })}</p>}
          </li>
        ))}
      </ol>
      {seen.questions.length > listed.length && <p className="small soft">{t("banks.more_read", { count: seen.questions.length - listed.length })}</p>}
    </>
  );
}
