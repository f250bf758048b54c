import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";
import { Button } from "antd";
import { showClient } from "../api/first";

/** Broken is what a page shows that could not be loaded or drawn: usually the program was updated meanwhile. */
export function Broken() {
  const { t } = useTranslation();
  const error = useRouteError();
  console.error(error);
  useEffect(showClient, []);
  return (
    <main id="main">
      <div className="empty" role="alert">
        <h1 style={{ fontSize: 20 }}>{t("app.broken")}</h1>
        <p>{t("app.broken_text")}</p>
        <Button type="primary" onClick={() => window.location.reload()}>{t("app.reload")}</Button>
      </div>
    </main>
  );
}
