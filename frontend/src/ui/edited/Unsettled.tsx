import { Button, Input, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Edited } from "./useEdited";

interface Props<T> {
  edited: Edited<T>;
  /** Their text as the writer would read it: words, or something drawn. */
  show: (value: T) => string;
  drawn?: ReactNode;
}

/** Unsettled asks what an edited text needs decided: whose text stays, and whether to leave words behind. */
export function Unsettled<T>({ edited, show, drawn }: Props<T>) {
  const { t } = useTranslation();
  const { theirs, leaving } = edited;
  return (
    <>
      {theirs && (
        <section className="note warn" aria-labelledby="conflict">
          <b id="conflict">{theirs.editor ? t("app.text_conflict_by", { name: theirs.editor }) : t("app.text_conflict_somebody")}</b>
          {drawn ?? (
            <>
              <label htmlFor="theirs" className="small">{t("app.text_theirs", { n: theirs.edition })}</label>
              <Input.TextArea id="theirs" className="mono" readOnly value={show(theirs.value)} autoSize={{ minRows: 6, maxRows: 16 }} />
            </>
          )}
          <div className="row">
            <Button onClick={() => edited.decide("mine")}>{t("app.text_keep_mine")}</Button>
            <Button onClick={() => edited.decide("theirs")}>{t("app.text_take_theirs")}</Button>
          </div>
        </section>
      )}
      <Modal
        open={leaving.state === "blocked"}
        title={t("app.leave_title")}
        okText={t("app.leave_go")}
        cancelText={t("app.leave_stay")}
        closable={{ "aria-label": t("app.close") }}
        onOk={() => leaving.proceed?.()}
        onCancel={() => leaving.reset?.()}
      >
        <p>{t("app.leave_text")}</p>
      </Modal>
    </>
  );
}
