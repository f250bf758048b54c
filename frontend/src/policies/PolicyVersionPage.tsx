import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { policyVersionQuery } from "../api/queries";
import { Html } from "../ui/Html";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { useTime } from "../ui/time";
import { Acknowledge } from "./Acknowledge";
import "./policy.css";

/** PolicyVersionPage is the text of one version, and its acknowledgement below it. */
export default function PolicyVersionPage() {
  const { t } = useTranslation();
  const time = useTime();
  const { code = "", n = "1" } = useParams();
  const version = useQuery(policyVersionQuery(code, Number(n)));
  const v = version.data;
  return (
    <Page
      title={v ? `${v.title} · ${t("policies.version_n", { n: v.number })}` : t("policies.policy")}
      ready={!!v || version.isError}
      back={{ to: `/policies/${code}`, text: t("policies.all_versions") }}
      lead={v && [v.code, v.issuer, t("policies.effective_from", { date: time.date(v.effective_from) })].filter(Boolean).join(" · ")}
    >
      <Loaded query={version} lines={12}>
        {(data) => (
          <div className="stack" style={{ maxWidth: "46rem" }}>
            {data.newest > data.number && (
              <p className="note warn no-print">
                {t("policies.newer_exists", { n: data.newest })}{" "}
                <Link to={`/policies/${data.code}/versions/${data.newest}`}>{t("policies.version_n", { n: data.newest })}</Link>
              </p>
            )}
            {data.number > 1 && (
              <p className="no-print"><Link to={`/policies/${data.code}/versions/${data.number}/changes`}>{t("policies.see_changes")}</Link></p>
            )}
            {data.note && <p className="note"><b>{t("policies.what_changed")}</b><span>{data.note}</span></p>}
            <article className="paper"><Html html={data.html} lang={data.locale} /></article>
            <Acknowledge key={`${data.code}/${data.number}`} version={data} onPage />
          </div>
        )}
      </Loaded>
    </Page>
  );
}
