import { CheckOutlined, CloudSyncOutlined, ExclamationCircleOutlined, SyncOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useProblemText } from "../ui/ProblemNote";
import { useTime } from "../ui/time";
import type { SaveState } from "./answerQueue";

/** SaveNote says whether the answer on screen is safe. */
export function SaveNote({ state, answered, onRetry }: { state: SaveState | undefined; answered: boolean; onRetry: () => void }) {
  const { t } = useTranslation();
  const time = useTime();
  const problem = useProblemText();
  return (
    <div className="save-note" role="status">
      {!state && answered && <span className="soft"><CheckOutlined aria-hidden /> {t("quizzes.saved_before")}</span>}
      {state?.is === "saving" && <span className="soft"><SyncOutlined spin aria-hidden /> {t("quizzes.saving")}</span>}
      {state?.is === "saved" && <span className="good"><CheckOutlined aria-hidden /> {t("quizzes.saved_at", { time: time.clock(state.at) })}</span>}
      {state?.is === "retrying" && (
        <span className="warn">
          <CloudSyncOutlined aria-hidden /> {t("quizzes.not_saved")}{" "}
          <Button size="small" onClick={onRetry}>{t("quizzes.retry_now")}</Button>
        </span>
      )}
      {state?.is === "refused" && <span className="bad"><ExclamationCircleOutlined aria-hidden /> {t("quizzes.refused")} {problem(state.error)}</span>}
    </div>
  );
}
