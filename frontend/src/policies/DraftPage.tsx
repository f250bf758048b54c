import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { api, ask } from "../api/client";
import { Problem } from "../api/problem";
import { draftQuery, draftsQuery } from "../api/queries";
import type { PolicyDraft } from "../api/views";
import { has, useMe } from "../app/me";
import { FaultTable } from "../ui/FaultTable";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { Stranded } from "../ui/edited/Stranded";
import { Unsettled } from "../ui/edited/Unsettled";
import { useEdited } from "../ui/edited/useEdited";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";
import { asStored, blank, isOpen, read, sent, titleOf } from "./draft";
import { Decision } from "./Decision";
import { DraftDifference } from "./DraftDifference";
import { DraftEffects } from "./DraftEffects";
import { DraftForm } from "./DraftForm";
import { draftTones } from "./DraftsPage";
import { NewerVersion } from "./NewerVersion";
import { OpenDraft } from "./OpenDraft";

/** DraftPage writes a draft, shows what it would change, and takes it to a published version by two people. */
export default function DraftPage() {
  const { t } = useTranslation();
  const { id = "new" } = useParams();
  const fresh = id === "new";
  const draft = useQuery({ ...draftQuery(Number(id)), enabled: !fresh });
  const d = draft.data;
  return (
    <Page
      title={fresh ? t("policies.new_draft") : d ? titleOf(d) : t("policies.draft")}
      ready={fresh || !!d || draft.isError}
      back={{ to: "/officer/policies", text: t("policies.drafts") }}
      lead={d && <Standing draft={d} />}
    >
      {fresh ? <Work key="new" draft={null} /> : <Loaded query={draft} lines={10}>{(data) => <Work key={data.id} draft={data} />}</Loaded>}
    </Page>
  );
}

function Standing({ draft: d }: { draft: PolicyDraft }) {
  const { t } = useTranslation();
  const time = useTime();
  return (
    <span className="row" style={{ gap: 12 }}>
      <Tag tone={draftTones[d.state]}>{t(`policies.state_${d.state}`)}</Tag>
      <span>{d.base > 0 ? t("policies.based_on", { n: d.base }) : t("policies.based_on_none")}</span>
      <span>{t("policies.edition_n", { n: d.edition })} · {t("policies.saved_by", { name: d.updated_by, time: time.instant(d.updated_at) })}</span>
    </span>
  );
}

/** Ending tells that the policy of an open draft is repealed, or is proposed to be. */
function Ending({ draft: d }: { draft: PolicyDraft }) {
  const { t } = useTranslation();
  const time = useTime();
  const date = d.repealed_from ?? d.repeal_waits;
  if (!date) return null;
  return (
    <p className="note warn">
      <span>{t(d.repealed_from ? "policies.draft_of_repealed" : "policies.draft_beside_repeal", { date: time.date(date) })}</span>
      <Link to={`/policies/${d.code}`}>{t("policies.see_policy")}</Link>
    </p>
  );
}

function Work({ draft: d }: { draft: PolicyDraft | null }) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const created = useRef(0);
  const draft = useEdited({
    name: `policy-draft/${d?.id ?? "new"}`,
    stored: useMemo(() => asStored(d), [d]),
    sample: blank(),
    home: {
      save: async (writing, edition) => {
        const saved = await (d
          ? ask(api.PUT("/policy-drafts/{id}", { params: { path: { id: d.id } }, body: { ...sent(writing), edition } }))
          : ask(api.POST("/policy-drafts", { body: { ...sent(writing), base: writing.base } })));
        client.setQueryData(draftQuery(saved.id).queryKey, saved);
        created.current = saved.id;
        return asStored(saved);
      },
      newest: async () => asStored(await client.fetchQuery({ ...draftQuery(d?.id ?? 0), staleTime: 0 })),
      refusal: "policies.draft_changed",
    },
  });
  const save = async () => {
    if (!(await draft.save())) {
      if (d) await client.invalidateQueries({ queryKey: draftQuery(d.id).queryKey, exact: true }); // it may be closed by now
      return;
    }
    await client.invalidateQueries({ queryKey: draftsQuery.queryKey, exact: true });
    if (!d) await navigate(`/officer/policies/${created.current}`, { replace: true });
  };
  const mayWrite = d ? d.writable && isOpen(d) : has(me, "author", "compliance");
  const editing = opened || !d || d.state === "draft" || draft.unsaved;
  return (
    <div className="stack loose">
      {d && isOpen(d) && <Ending draft={d} />}
      {d && <NewerVersion draft={d} unsaved={draft.unsaved} />}
      {editing && mayWrite ? (
        <section className="panel stack" aria-label={t("policies.draft")} style={{ maxWidth: 940 }}>
          <DraftForm writing={draft.value} fresh={d === null} against={draft.unsaved ? (d?.base ?? 0) : 0} onChange={draft.write} />
          {draft.state === "failed" && <ProblemNote error={draft.error} />}
          {!d && draft.error instanceof Problem && draft.error.code === "policies.draft_open" && <OpenDraft code={draft.value.code.trim()} />}
          <Unsettled edited={draft} show={read} />
          <div className="row">
            <Button type="primary" disabled={!["changed", "failed"].includes(draft.state) || !draft.value.code.trim()} onClick={() => void save()}>{t("policies.save_draft")}</Button>
            <span className="small soft" role="status">{t(`app.text_${draft.state}`)}</span>
          </div>
        </section>
      ) : (
        mayWrite && <div><Button onClick={() => setOpened(true)}>{t("policies.edit_draft")}</Button></div>
      )}
      {d && !mayWrite && <Stranded edited={draft} title={t(d.state === "withdrawn" || d.state === "published" ? `policies.words_${d.state}` : "policies.words_closed")} show={read} />}
      {d && (!draft.unsaved || !mayWrite) && (
        <>
          {d.warnings && d.warnings.length > 0 && !(d.state === "draft" && d.writable) && <div className="note warn"><FaultTable faults={d.warnings} warning /></div>}
          <DraftDifference draft={d} />
          <DraftEffects draft={d} />
          <Decision key={d.edition} draft={d} />
        </>
      )}
    </div>
  );
}
