import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { StaleList } from "./StaleList";

/** StalePage lists what cites clauses that changed since, for its author to review. */
export default function StalePage() {
  const { t } = useTranslation();
  const stale = useQuery({ queryKey: ["citations"], queryFn: () => ask(api.GET("/citations")) });
  return (
    <Page title={t("policies.stale")} lead={t("policies.stale_lead")}>
      <Loaded query={stale} lines={6}>
        {({ items }) => (items.length === 0 ? <Empty title={t("policies.nothing_stale")}>{t("policies.nothing_stale_text")}</Empty> : <StaleList citations={items} review />)}
      </Loaded>
    </Page>
  );
}
