import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { draftsQuery } from "../api/queries";
import type { PolicyDraft } from "../api/views";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Tag, type Tone } from "../ui/Tag";
import { useTime } from "../ui/time";
import { isOpen, titleOf } from "./draft";
import { WaitingRepeals } from "./WaitingRepeals";

export const draftTones: Record<PolicyDraft["state"], Tone> = { draft: "plain", in_review: "warn", approved: "accent", published: "good", withdrawn: "plain" };

/** DraftsPage lists the versions that are being written, and the last that were. */
export default function DraftsPage() {
  const { t } = useTranslation();
  const drafts = useQuery(draftsQuery);
  return (
    <Page
      title={t("policies.drafts")}
      lead={t("policies.drafts_lead")}
      actions={<Link className="button-link" to="/officer/policies/new">{t("policies.new_draft")}</Link>}
    >
      <div className="stack loose">
      <WaitingRepeals />
      <Loaded query={drafts} lines={6}>
        {({ items }) => {
          const working = items.filter(isOpen);
          const closed = items.filter((d) => !isOpen(d));
          return (
            <div className="stack loose">
              {working.length === 0 ? (
                <Empty title={t("policies.no_drafts")}>{t("policies.no_drafts_text")}</Empty>
              ) : (
                <Drafts title={t("policies.open_drafts")} items={working} />
              )}
              {closed.length > 0 && <Drafts title={t("policies.closed_drafts")} items={closed} />}
            </div>
          );
        }}
      </Loaded>
      </div>
    </Page>
  );
}

function Drafts({ title, items }: { title: string; items: PolicyDraft[] }) {
  const { t } = useTranslation();
  const time = useTime();
  return (
    <section className="section" aria-label={title}>
      <h2>{title} <span className="count">{items.length}</span></h2>
      <ul role="list" className="ledger">
        {items.map((d) => (
          <li key={d.id}>
            <div>
              <h3><Link to={`/officer/policies/${d.id}`}>{titleOf(d)}</Link></h3>
              <p className="meta">
                <span className="mono">{d.code}</span>
                <span>{t("policies.edition_n", { n: d.edition })}</span>
                <span>{t("policies.saved_by", { name: d.updated_by, time: time.instant(d.updated_at) })}</span>
              </p>
            </div>
            <div className="act">
              <Tag tone={draftTones[d.state]}>{d.number > 0 ? t("policies.version_n", { n: d.number }) : t(`policies.state_${d.state}`)}</Tag>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
