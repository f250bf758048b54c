import { useQueryClient } from "@tanstack/react-query";
import { Button, Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { ItemInsight } from "../api/views";
import { useDryRun } from "../ui/dryRun";
import { Html } from "../ui/Html";
import { Unsettled } from "../ui/edited/Unsettled";
import { useUnsent } from "../ui/edited/useUnsent";
import { ProblemNote } from "../ui/ProblemNote";
import { Tag } from "../ui/Tag";

const corrections = ["key", "full", "drop"] as const;

/** Regrade corrects a wrong key: it shows whom that affects before anything is written. */
export function Regrade({ quiz, title, item, onDone }: { quiz: number; title: string; item: ItemInsight; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [correction, setCorrection] = useState<(typeof corrections)[number]>("key");
  const reason = useUnsent(`regrade/${quiz}/${item.version_id}`, "");
  const note = reason.value;
  const { preview, result, ...regrade } = useDryRun(
    (_: void, dry_run) => ask(api.POST("/quizzes/{id}/regrades", { params: { path: { id: quiz } }, body: { version_id: item.version_id, correction, note, dry_run } })),
    () => {
      reason.sent();
      return client.invalidateQueries({ queryKey: ["quizzes"] });
    },
  );
  const shown = result ?? preview;
  // Why nothing can be graded anew yet; nothing when it can.
  const why = !preview ? t("quizzes.correct_first_look") : preview.affected.length === 0 && preview.open === 0 ? t("quizzes.correct_nobody") : note.trim() === "" ? t("quizzes.correct_first_note") : "";
  return (
    <Modal open title={t("quizzes.correct_title", { quiz: title })} footer={null} width={720} closable={{ "aria-label": t("app.close") }} onCancel={onDone}>
      <div className="stack">
        <Html html={item.html} lang={item.locale} className="prose compact gap-numbers" />
        <Radio.Group
          value={correction}
          onChange={(e) => { setCorrection(corrections.find((c) => c === e.target.value) ?? "key"); regrade.reset(); }}
          options={corrections.map((value) => ({ value, label: t(`quizzes.correction_${value}`) }))}
          style={{ display: "grid", gap: 8 }}
        />
        <div className="field">
          <label htmlFor="correction-note">{t("quizzes.correction_note")}</label>
          <Input.TextArea id="correction-note" autoSize={{ minRows: 2 }} maxLength={2000} value={note} onChange={(e) => reason.write(e.target.value)} />
        </div>
        <Unsettled edited={reason} show={(words) => words} />
        <div className="row">
          <Button onClick={() => regrade.look()} disabled={regrade.looking || !!result}>{t("quizzes.whom_affected")}</Button>
          <Button type="primary" onClick={regrade.act} disabled={why !== "" || regrade.acting}>
            {t("quizzes.correct_now")}
          </Button>
          {!result && why && <span className="small soft">{why}</span>}
        </div>
        {regrade.error && <ProblemNote error={regrade.error} />}
        {shown && (
          <div className="stack" role="status">
            <p>{t(shown.dry_run ? "quizzes.would_affect" : "quizzes.has_affected", { asked: shown.asked, count: shown.affected.length })}</p>
            {shown.open > 0 && <p className="note">{t("quizzes.still_open", { count: shown.open })}</p>}
            {shown.own > 0 && <p className="note">{t("quizzes.own_left_out", { count: shown.own })}</p>}
            {shown.affected.length > 0 && (
              <div className="affected" role="group" tabIndex={0} aria-label={t("quizzes.whom_affected")}>
                <ul role="list">
                  {shown.affected.map((a) => (
                    <li key={a.attempt_id} className="row apart">
                      <span>{a.name || t("quizzes.other_unit")} <span className="mono soft small">{a.employee_no}</span></span>
                      <span>
                        {a.earned_before} / {a.possible_before} → {a.earned_after} / {a.possible}{" "}
                        {a.passed_after && !a.passed_before && <Tag tone="good">{t("quizzes.now_passes")}</Tag>}
                        {!a.passed_after && a.passed_before && <Tag tone="warn">{t("quizzes.keeps_certificate")}</Tag>}
                      </span>
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </div>
        )}
      </div>
    </Modal>
  );
}
