import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { api, ask } from "../api/client";
import { draftQuery, draftsQuery } from "../api/queries";
import type { PolicyDraft } from "../api/views";
import { has, useMe } from "../app/me";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";
import { blank, sent, titleOf, type Writing } from "./draft";
import { Decision } from "./Decision";
import { DraftDifference } from "./DraftDifference";
import { DraftEffects } from "./DraftEffects";
import { DraftForm } from "./DraftForm";
import { draftTones } from "./DraftsPage";

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
      {fresh ? <Work key="new" draft={null} /> : <Loaded query={draft} lines={10}>{(data) => <Work key={`${data.id}/${data.edition}`} draft={data} />}</Loaded>}
    </Page>
  );
}

function Standing({ draft: d }: { draft: PolicyDraft }) {
  const { t } = useTranslation();
  const time = useTime();
  return (
    <span className="row" style={{ gap: 12 }}>
      <Tag tone={draftTones[d.state]}>{t(`policies.state_${d.state}`)}</Tag>
      <span>{t("policies.edition_n", { n: d.edition })} · {t("policies.saved_by", { name: d.updated_by, time: time.instant(d.updated_at) })}</span>
    </span>
  );
}

function Work({ draft: d }: { draft: PolicyDraft | null }) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [writing, setWriting] = useState<Writing>(() => (d ? { code: d.code, content: d.content } : blank()));
  const [dirty, setDirty] = useState(d === null);
  const [editing, setEditing] = useState(d === null || d.state === "draft");
  const save = useMutation({
    mutationFn: () =>
      d
        ? ask(api.PUT("/policy-drafts/{id}", { params: { path: { id: d.id } }, body: { ...sent(writing), edition: d.edition } }))
        : ask(api.POST("/policy-drafts", { body: sent(writing) })),
    onSuccess: async (saved) => {
      client.setQueryData(draftQuery(saved.id).queryKey, saved);
      await client.invalidateQueries({ queryKey: draftsQuery.queryKey });
      if (!d) await navigate(`/officer/policies/${saved.id}`, { replace: true });
    },
  });
  const closed = d?.state === "published" || d?.state === "withdrawn";
  const mayWrite = has(me, "author", "compliance") && !closed;
  return (
    <div className="stack loose">
      {editing && mayWrite ? (
        <section className="panel stack" aria-label={t("policies.draft")} style={{ maxWidth: 940 }}>
          <DraftForm writing={writing} fresh={d === null} onChange={(w) => { setWriting(w); setDirty(true); save.reset(); }} />
          {save.isError && <ProblemNote error={save.error} />}
          <div className="row">
            <Button type="primary" disabled={!dirty || !writing.code.trim() || save.isPending} onClick={() => save.mutate()}>{t("policies.save_draft")}</Button>
            <span className="small soft" role="status">{dirty ? t("policies.not_saved") : d ? t("policies.saved") : ""}</span>
          </div>
        </section>
      ) : (
        mayWrite && <div><Button onClick={() => setEditing(true)}>{t("policies.edit_draft")}</Button></div>
      )}
      {d && !dirty && <DraftDifference draft={d} />}
      {d && !dirty && <DraftEffects draft={d} />}
      {d && !dirty && <Decision draft={d} />}
    </div>
  );
}
