import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation, useNavigate } from "react-router";
import { api, ask } from "../api/client";
import { manuscriptQuery, manuscriptsQuery } from "./manuscript";

/** useOpening opens the manuscript of a course, or goes to the one that is open; onOpened hears of it before the page goes. */
export function useOpening(onOpened?: (slug: string) => void) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return useMutation({
    mutationFn: (body: { slug: string; title?: string }) => ask(api.POST("/manuscripts", { body })),
    onSuccess: async (m) => {
      client.setQueryData(manuscriptQuery(m.slug).queryKey, m);
      onOpened?.(m.slug);
      await client.invalidateQueries({ queryKey: manuscriptsQuery.queryKey, exact: true });
      const editor = `/officer/writing/${m.slug}`;
      if (pathname !== editor) await navigate(editor);
    },
  });
}
