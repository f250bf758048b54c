// A screen as a person meets it: signed in, in English, behind its address.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import type { ComponentType } from "react";
import { createMemoryRouter, Link, Outlet, RouterProvider } from "react-router";
import type { Me } from "../src/api/views";
import { meQuery } from "../src/app/me";
import { startI18n } from "../src/i18n";
import { me } from "./factories";

/** open shows a page at an address, for somebody; every other address is "Elsewhere". */
export async function open(Page: ComponentType, path: string, address: string, who: Me = me()) {
  await startI18n("en");
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(meQuery.queryKey, who);
  const router = createMemoryRouter(
    [{ element: <><Outlet /><Link to="/elsewhere">Go elsewhere</Link></>, children: [{ path, element: <Page /> }, { path: "*", element: <h1>Elsewhere</h1> }] }],
    { initialEntries: [address] },
  );
  const shown = render(<QueryClientProvider client={client}><RouterProvider router={router} /></QueryClientProvider>);
  return { client, router, user: userEvent.setup({ delay: null }), close: shown.unmount };
}

/** pick chooses an entry of a searchable list, by the names that both have. */
export async function pick(user: UserEvent, list: string | RegExp, entry: string | RegExp) {
  await user.click(await screen.findByRole("combobox", { name: list }));
  await user.click(await screen.findByText(entry, { selector: ".ant-select-item-option *" }));
}
