import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { BankImport } from "../api/views";
import { Html } from "../ui/Html";
import { Tag } from "../ui/Tag";

const shown = 200;

/** ReadQuestions is what was read out of a text: faults first, each leading to its line, then the questions. */
export function ReadQuestions({ seen, onLine }: { seen: BankImport | undefined; onLine?: ((line: number) => void) | undefined }) {
  const { t } = useTranslation();
  if (!seen) return <p className="soft">{t("banks.nothing_read")}</p>;
  const duplicates = new Map(seen.duplicates.map((d) => [d.name, d]));
  const toCheck = seen.questions.filter((q) => q.warnings.length > 0).length;
  // What needs a look is listed, however long the list is.
  const listed = seen.questions.filter((q, i) => i < shown || q.warnings.length > 0 || q.dropped.length > 0);
  return (
    <>
      <p role="status">
        <b>{t("banks.read", { count: seen.questions.length })}</b>{" "}
        {seen.faults.length > 0 && <Tag tone="bad">{t("app.faults", { count: seen.fault_count })}</Tag>}{" "}
        {toCheck > 0 && <Tag tone="warn">{t("banks.to_check", { count: toCheck })}</Tag>}{" "}
        {seen.duplicates.length > 0 && <Tag tone="warn">{t("banks.duplicates_found", { count: seen.duplicates.length })}</Tag>}
      </p>
      {seen.faults.length > 0 && (
        <ul className="fault-list">
          {seen.faults.map((f, i) => (
            <li key={i}>
              {onLine && f.line > 0 ? <Button type="link" danger onClick={() => onLine(f.line)}>{t("banks.line", { n: f.line })}</Button> : f.line > 0 && t("banks.line", { n: f.line })} {f.message}
            </li>
          ))}
        </ul>
      )}
      <ol className="read-list">
        {listed.map((q, i) => (
          <li key={i}>
            <div className="row apart">
              {onLine ? <Button type="link" size="small" className="mono" style={{ padding: 0 }} onClick={() => onLine(q.line)}>{q.name || t("banks.line", { n: q.line })}</Button> : <span className="mono small">{q.name}</span>}
              <span className="small soft">{t(`quizzes.kind_${q.kind}`)}</span>
            </div>
            <Html html={q.html} className="prose compact clip gap-numbers" />
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
