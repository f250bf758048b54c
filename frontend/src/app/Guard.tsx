import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { RoleName } from "../api/views";
import { has, useMe } from "./me";
import { Empty } from "../ui/Empty";
import { Page } from "../ui/Page";

/** Guard shows a page to those who hold one of the roles. The server decides in any case. */
export function Guard({ roles, children }: { roles: RoleName[]; children: ReactNode }) {
  return has(useMe(), ...roles) ? children : <Missing />;
}

/** Missing is the page that does not exist, or not for this person. */
export function Missing() {
  const { t } = useTranslation();
  return (
    <Page title={t("app.missing")}>
      <Empty title={t("app.missing_title")} action={<Link to="/">{t("app.to_training")}</Link>}>
        {t("app.missing_text")}
      </Empty>
    </Page>
  );
}
