import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { onSignedOut } from "../api/client";

const SignInAgain = lazy(() => import("./SignInAgain"));

/** SessionLost asks for the password over the page, so that nothing typed is lost. */
export function SessionLost({ login }: { login: string }) {
  const client = useQueryClient();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    onSignedOut(() => setLost(true));
    return () => onSignedOut(() => {});
  }, []);
  if (!lost) return null;
  return (
    <Suspense fallback={null}>
      <SignInAgain
        login={login}
        onDone={() => {
          setLost(false);
          window.dispatchEvent(new Event("anwen:signed-in"));
          void client.invalidateQueries();
        }}
      />
    </Suspense>
  );
}
