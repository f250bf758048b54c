import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

/** Discard gives kept words up, after a second look. */
export function Discard({ onDiscard }: { onDiscard: () => void }) {
  const { t } = useTranslation();
  const [sure, setSure] = useState(false);
  if (!sure) return <Button onClick={() => setSure(true)}>{t("app.text_discard")}</Button>;
  return (
    <>
      <Button danger onClick={() => { setSure(false); onDiscard(); }}>{t("app.text_discard_sure")}</Button>
      <Button onClick={() => setSure(false)}>{t("app.text_discard_not")}</Button>
    </>
  );
}
