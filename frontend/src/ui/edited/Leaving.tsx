import { Modal } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";

interface Props { isUnsaved: () => boolean; sendsItself: boolean }

/** Leaving asks before unsaved words are left behind. What asks is what holds the page: no page is held without a question. */
export function Leaving({ isUnsaved, sendsItself }: Props) {
  const { t } = useTranslation();
  const leaving = useBlocker(({ currentLocation, nextLocation }) => isUnsaved() && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => { if (isUnsaved()) event.preventDefault(); };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  });
  return (
    <Modal
      open={leaving.state === "blocked"}
      title={t("app.leave_title")}
      okText={t("app.leave_go")}
      cancelText={t("app.leave_stay")}
      closable={{ "aria-label": t("app.close") }}
      onOk={() => leaving.proceed?.()}
      onCancel={() => leaving.reset?.()}
    >
      <p>{t(sendsItself ? "app.leave_text_sent" : "app.leave_text")}</p>
    </Modal>
  );
}
