import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { api, ask } from "../api/client";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { quarters } from "../ui/time";
import { CardView } from "./CardView";
import { PeriodChoice } from "./PeriodChoice";

/** MyPerformancePage is the reader's own performance card and what it was computed from. */
export default function MyPerformancePage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const period = search.get("period") ?? quarters(1)[0] ?? "";
  const card = useQuery({
    queryKey: ["performance", "me", period],
    queryFn: () => ask(api.GET("/me/performance", { params: { query: { period } } })),
  });
  return (
    <Page
      title={t("performance.my_performance")}
      lead={t("performance.lead")}
      actions={<PeriodChoice period={period} onChoose={(p) => setSearch({ period: p }, { replace: true })} />}
    >
      <Loaded query={card} lines={9}>{(data) => <CardView card={data} />}</Loaded>
    </Page>
  );
}
