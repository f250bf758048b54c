import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { differenceQuery, policyVersionQuery } from "../api/queries";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Acknowledge } from "../ui/Acknowledge";
import { DifferenceView } from "../ui/DifferenceView";

/** VersionChangesPage is what a version changed, for somebody who knows the one before; it can be acknowledged here. */
export default function VersionChangesPage() {
  const { t } = useTranslation();
  const { code = "", n = "1" } = useParams();
  const number = Number(n);
  const difference = useQuery(differenceQuery(code, number));
  const version = useQuery(policyVersionQuery(code, number));
  const d = difference.data;
  return (
    <Page
      title={d ? `${d.title} · ${t("policies.version_n", { n: number })}` : t("policies.what_changed")}
      ready={!!d || difference.isError}
      back={{ to: `/policies/${code}/versions/${number}`, text: t("policies.whole_text") }}
      lead={version.data?.note || undefined}
    >
      <div className="stack loose">
        <Loaded query={difference} lines={12}>{(data) => <DifferenceView difference={data} />}</Loaded>
        {version.data && <div style={{ maxWidth: "46rem" }}><Acknowledge key={`${code}/${number}`} version={version.data} onPage /></div>}
      </div>
    </Page>
  );
}
