import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";

/** useAbout is what everybody may know of the institution and the program, in the language on screen. */
export function useAbout() {
  const { i18n } = useTranslation();
  return useQuery({ queryKey: ["about", i18n.language], queryFn: () => ask(api.GET("/about")), staleTime: Infinity, placeholderData: (before) => before });
}
