import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { api, ask } from "../api/client";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { quarters } from "../ui/time";
import { CardView } from "./CardView";
import { PeriodChoice } from "./PeriodChoice";

/** PersonCardPage is another person's performance card, for HR and auditors; looking is recorded. */
export default function PersonCardPage() {
  const { t } = useTranslation();
  const { employee_no = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const period = search.get("period") ?? quarters(1)[0] ?? "";
  const card = useQuery({
    queryKey: ["performance", "cards", employee_no, period],
    queryFn: () => ask(api.GET("/performance/cards/{employee_no}", { params: { path: { employee_no }, query: { period } } })),
  });
  const score = card.data?.score;
  return (
    <Page
      title={score?.name ?? t("performance.card")}
      ready={!!score || card.isError}
      back={{ to: `/hr/performance?period=${period}`, text: t("performance.scores") }}
      lead={score && [score.employee_no, score.position, score.unit_name].filter(Boolean).join(" · ")}
      actions={<PeriodChoice period={period} onChoose={(p) => setSearch({ period: p }, { replace: true })} />}
    >
      <Loaded query={card} lines={9}>{(data) => <CardView card={data} />}</Loaded>
    </Page>
  );
}
