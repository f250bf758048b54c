import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import zhTW from "antd/locale/zh_TW";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router";
import { Problem } from "../api/problem";
import { keepFocus } from "../ui/focus";
import { bringOften } from "./often";
import { router } from "./routes";
import { theme } from "./theme";

const antdLocales: Record<string, typeof enUS> = { "zh-Hans": zhCN, "zh-Hant": zhTW, en: enUS };

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && error instanceof Problem && error.mayPass,
        networkMode: "always", // the server may be on this very machine
      },
      mutations: { networkMode: "always" },
    },
  });
}

/** App is the client: theme, language, data and routes. */
export function App() {
  const { i18n } = useTranslation();
  const [client] = useState(newQueryClient);
  const [routes] = useState(router);
  useEffect(() => keepFocus(), []);
  useEffect(() => {
    if (routes.state.initialized) return bringOften();
    const stop = routes.subscribe(({ initialized }) => {
      if (!initialized) return;
      stop();
      bringOften();
    });
    return stop;
  }, [routes]);
  return (
    <ConfigProvider theme={theme} locale={antdLocales[i18n.language]} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={client}>
        <RouterProvider router={routes} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
