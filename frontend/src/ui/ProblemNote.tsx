import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/problem";
import { FaultTable } from "./FaultTable";

/** useProblemText says a failure in the words of the server, or in ours when no answer came. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof Problem)) return t("app.problem_unknown");
    if (error.code === "client.offline") return t("app.problem_offline");
    return error.message || t("app.problem_unknown");
  };
}

/** ProblemNote says what failed, every fault at its place, and offers to try again. */
export function ProblemNote({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const text = useProblemText();
  const problem = error instanceof Problem ? error : null;
  return (
    <div className="stack">
      <div role="alert" className="note bad">
        <b>{text(error)}</b>
        {problem && problem.status >= 500 && problem.requestId && (
          <span className="small">{t("app.problem_id", { id: problem.requestId })}</span>
        )}
        {retry && (
          <div>
            <Button size="small" onClick={retry}>
              {t("app.try_again")}
            </Button>
          </div>
        )}
      </div>
      {problem && problem.faults.length > 0 && <FaultTable faults={problem.faults} count={problem.faultCount} />}
    </div>
  );
}
