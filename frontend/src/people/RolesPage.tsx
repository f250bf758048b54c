import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useDeferredValue, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { api, ask } from "../api/client";
import { has, useMe } from "../app/me";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { useTime } from "../ui/time";
import { GrantForm } from "./GrantForm";
import { IssuePassword } from "./IssuePassword";
import { roleText } from "./roleText";

/** RolesPage shows what a person may do and where, and lets an administrator change it. */
export default function RolesPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const person = Number(search.get("person"));
  const name = search.get("name") ?? "";
  return (
    <Page dense title={t("people.roles_title")} lead={t("people.roles_lead")}>
      <div className="split" style={{ gridTemplateColumns: undefined }}>
        {person > 0 ? <Grants key={person} person={person} name={name} /> : <p className="soft">{t("people.choose_person")}</p>}
        <Finder onFind={(id, found) => setSearch({ person: String(id), name: found })} />
      </div>
    </Page>
  );
}

function Finder({ onFind }: { onFind: (id: number, name: string) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState("");
  const q = useDeferredValue(text.trim());
  const people = useQuery({
    queryKey: ["people", "find", q],
    queryFn: () => ask(api.GET("/people", { params: { query: { ...(q && { q }), limit: 12 } } })),
  });
  return (
    <section className="panel stack" aria-label={t("people.find")}>
      <div className="field">
        <label htmlFor={id}>{t("people.find")}</label>
        <Input id={id} type="search" allowClear value={text} onChange={(e) => setText(e.target.value)} />
      </div>
      <Loaded query={people} lines={4}>
        {({ items }) => (
          <ul role="list" className="stack" style={{ gap: 6 }}>
            {items.map((p) => (
              <li key={p.id}>
                <Button type="link" style={{ padding: 0, height: "auto", whiteSpace: "normal", textAlign: "start" }} onClick={() => onFind(p.id, p.name)}>
                  <span>{p.name} <span className="soft small">{p.employee_no} · {p.unit_name}</span></span>
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

function Grants({ person, name }: { person: number; name: string }) {
  const { t } = useTranslation();
  const time = useTime();
  const client = useQueryClient();
  const me = useMe();
  const admin = has(me, "administrator");
  const self = me?.person_id === person;
  const key = ["people", person, "roles"];
  const roles = useQuery({ queryKey: key, queryFn: () => ask(api.GET("/people/{id}/roles", { params: { path: { id: person } } })) });
  const revoke = useMutation({
    mutationFn: (grant: number) => ask(api.DELETE("/people/{id}/roles/{grant}", { params: { path: { id: person, grant } } })),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
  return (
    <section className="panel stack" aria-labelledby="grants">
      <h2 id="grants">{name || t("people.roles")}</h2>
      {revoke.isError && <ProblemNote error={revoke.error} />}
      <Loaded query={roles} lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t("people.no_roles")}</p>
          ) : (
            <ul role="list">
              {items.map((g) => (
                <li key={g.id} className="row apart" style={{ padding: "10px 0", borderTop: "1px solid var(--line)" }}>
                  <div>
                    <div>{t("people.role_over", { role: roleText(t, g.role), unit: g.unit_name })}</div>
                    <div className="small soft">{t("people.granted", { time: time.instant(g.granted_at) })}</div>
                  </div>
                  {admin && (
                    <Button size="small" danger disabled={revoke.isPending} onClick={() => revoke.mutate(g.id)}>
                      {t("people.take_back")}<span className="hidden-text"> {roleText(t, g.role)}</span>
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {admin && self && <p className="note">{t("people.own_roles_text")}</p>}
      {admin && !self && <GrantForm person={person} />}
      {admin && !self && <IssuePassword person={person} />}
    </section>
  );
}
