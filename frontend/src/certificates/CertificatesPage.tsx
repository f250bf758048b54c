import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { certificatesQuery } from "../api/queries";
import type { Certificate } from "../api/views";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Tag, type Tone } from "../ui/Tag";
import { useTime } from "../ui/time";

const tones: Record<Certificate["state"], Tone> = { valid: "good", expiring: "warn", expired: "plain", revoked: "bad" };

/** CertificatesPage lists the reader's certificates of every cycle. */
export default function CertificatesPage() {
  const { t } = useTranslation();
  const certificates = useQuery(certificatesQuery);
  return (
    <Page title={t("certificates.certificates")} lead={t("certificates.lead")}>
      <Loaded query={certificates} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("certificates.none")} action={<Link to="/">{t("certificates.to_training")}</Link>}>{t("certificates.none_text")}</Empty>
          ) : (
            <ul role="list" className="ledger">{items.map((c) => <Line key={c.serial} certificate={c} />)}</ul>
          )
        }
      </Loaded>
    </Page>
  );
}

function Line({ certificate: c }: { certificate: Certificate }) {
  const { t } = useTranslation();
  const time = useTime();
  const [copied, setCopied] = useState(false);
  const link = new URL(c.verify_url, window.location.href).href;
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    setCopied(true);
    setTimeout(() => setCopied(false), 4000);
  };
  return (
    <li>
      <div>
        <h2>{c.title}</h2>
        <p className="meta">
          <span className="mono">{c.serial}</span>
          <span>{t("certificates.issued_on", { date: time.date(c.issued_on) })}</span>
          <span>{c.valid_until ? t("certificates.valid_until", { date: time.date(c.valid_until) }) : t("certificates.no_end")}</span>
          {c.cycle > 1 && <span>{t("certificates.cycle", { n: c.cycle })}</span>}
        </p>
        <p className="row small" style={{ marginTop: 6 }}>
          <a href={link} target="_blank" rel="noreferrer">{t("certificates.verify")}<span className="hidden-text"> {c.serial}</span></a>
          {"clipboard" in navigator && (
            <Button type="link" size="small" style={{ paddingInline: 0 }} onClick={() => void copy()}>
              {t("certificates.copy")}<span className="hidden-text"> {c.serial}</span>
            </Button>
          )}
          <span role="status" className="soft">{copied && t("certificates.copied")}</span>
        </p>
      </div>
      <div className="act">
        <Tag tone={tones[c.state]}>{t(`certificates.state_${c.state}`)}</Tag>
        <a className="go" href={c.pdf_url} download>{t("certificates.download")}<span className="hidden-text"> {c.title}</span></a>
      </div>
    </li>
  );
}
