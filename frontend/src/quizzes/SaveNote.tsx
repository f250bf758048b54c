import { CheckOutlined, CloudSyncOutlined, ExclamationCircleOutlined, SyncOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useProblemText } from "../ui/ProblemNote";
import { useTime } from "../ui/time";
import type { Question } from "../api/views";
import type { SaveState } from "./answerQueue";
import { Answered } from "../ui/item/Answered";

/** SaveNote says whether the answer on screen is safe. */
export function SaveNote({ item, state, answered, onRetry, onKeep }: {
  item: Question;
  state: SaveState | undefined;
  answered: boolean;
  onRetry: () => void;
  onKeep: (which: "mine" | "theirs") => void;
}) {
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
      {state?.is === "elsewhere" && (
        <div className="note warn elsewhere">
          <p>{t("quizzes.elsewhere")}</p>
          <div className="answered"><Answered item={item} answer={state.theirs} /></div>
          <div className="row">
            <Button size="small" onClick={() => onKeep("theirs")}>{t("quizzes.keep_theirs")}</Button>
            <Button size="small" onClick={() => onKeep("mine")}>{t("quizzes.keep_mine")}</Button>
          </div>
        </div>
      )}
      {state?.is === "refused" && <span className="bad"><ExclamationCircleOutlined aria-hidden /> {t("quizzes.refused")} {problem(state.error)}</span>}
    </div>
  );
}
