import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import { SignInForm } from "../people/SignInForm";

/** SignInAgain is the sign-in form as a dialog that stays until it succeeds. */
export default function SignInAgain({ login, onDone }: { login: string; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open title={t("people.session_over")} footer={null} closable={false} mask={{ closable: false }} keyboard={false}>
      <p className="soft" style={{ marginBottom: 16 }}>{t("people.session_over_text")}</p>
      <SignInForm login={login} onDone={onDone} />
    </Modal>
  );
}
