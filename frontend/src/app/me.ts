import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, ask } from "../api/client";
import { Problem } from "../api/problem";
import type { Me, RoleName } from "../api/views";

/** meQuery is who is signed in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async (): Promise<Me | null> => {
    try {
      return await ask(api.GET("/me"));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Infinity,
});

/** has tells whether somebody holds one of the roles, over whatever unit. */
export function has(me: Me | null | undefined, ...roles: RoleName[]): boolean {
  return me?.roles.some((r) => roles.some((wanted) => wanted === r.role)) ?? false;
}

/** hasOverAll tells whether somebody holds one of the roles over the whole institution. */
export function hasOverAll(me: Me | null | undefined, ...roles: RoleName[]): boolean {
  return me?.institution_roles.some((r) => roles.some((wanted) => wanted === r)) ?? false;
}

/** useMe is the person signed in, inside the shell. */
export function useMe(): Me | null {
  return useQuery(meQuery).data ?? null;
}
