import { Modal } from "antd";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";

interface Props { isUnsaved: () => boolean; sendsItself: boolean }

// The texts of a page that may hold it. The router takes one question: the first asks for all.
let texts: Props[] = [];
const listeners = new Set<() => void>();

function change(next: Props[]): void {
  texts = next;
  for (const listener of listeners) listener();
}

function listen(listener: () => void) {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

const unsaved = () => texts.filter((text) => text.isUnsaved());

/** Leaving asks before unsaved words are left behind, once for all texts of a page. What asks is what holds the page: no page is held without a question. */
export function Leaving({ isUnsaved, sendsItself }: Props) {
  const [text] = useState<Props>({ isUnsaved, sendsItself });
  useEffect(() => { Object.assign(text, { isUnsaved, sendsItself }); });
  useEffect(() => {
    change([...texts, text]);
    return () => change(texts.filter((other) => other !== text));
  }, [text]);
  const first = useSyncExternalStore(listen, () => texts[0] === text);
  return first ? <Question /> : null;
}

function Question() {
  const { t } = useTranslation();
  const leaving = useBlocker(({ currentLocation, nextLocation }) => unsaved().length > 0 && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => { if (unsaved().length > 0) event.preventDefault(); };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, []);
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
      <p>{t(unsaved().every((text) => text.sendsItself) ? "app.leave_text_sent" : "app.leave_text")}</p>
    </Modal>
  );
}
