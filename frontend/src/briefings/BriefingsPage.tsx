import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { briefingsQuery } from "../api/queries";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";

/** BriefingsPage lists the monthly briefings, newest first. */
export default function BriefingsPage() {
  const { t } = useTranslation();
  const time = useTime();
  const briefings = useQuery(briefingsQuery);
  return (
    <Page title={t("briefings.briefings")} lead={t("briefings.briefings_lead")}>
      <Loaded query={briefings} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("briefings.no_briefings")}>{t("briefings.no_briefings_text")}</Empty>
          ) : (
            <ul role="list" className="ledger">
              {items.map((b) => (
                <li key={b.key}>
                  <div>
                    <p className="small soft">{time.month(b.month)}{b.unit_name && ` · ${b.unit_name}`}</p>
                    <h2><Link to={`/briefings/${encodeURIComponent(b.key)}`}>{b.title}</Link></h2>
                    <p className="meta">
                      <span>{t("policies.published_on", { date: time.dateOf(b.published_at) })}</span>
                      {b.revision > 1 && <span>{t("briefings.revision", { n: b.revision })}</span>}
                      {b.policies.length > 0 && <span>{t("briefings.cites", { count: b.policies.length })}</span>}
                    </p>
                  </div>
                  <div className="act">{b.read ? <Tag tone="good">{t("briefings.read")}</Tag> : <Tag tone="accent">{t("briefings.unread")}</Tag>}</div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}
