import "./staff.css";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Button, Table, type TableColumnsType, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Empty } from "../Empty";
import { ProblemNote } from "../ProblemNote";
import { Waiting } from "../Waiting";

interface Page<T> { items: T[]; next: string | null }
interface Props<T, P extends Page<T>> {
  query: UseInfiniteQueryResult<InfiniteData<P>>;
  title: string;
  rowKey: (row: T) => string | number;
  columns: TableColumnsType<T>;
  empty: { title: string; text: string };
  expandable?: TableProps<T>["expandable"];
  selection?: TableProps<T>["rowSelection"];
}

/** Listing is a table over a list that comes page by page. The table scrolls by itself, never the page. */
export function Listing<T extends object, P extends Page<T>>({ query, title, rowKey, columns, empty, expandable, selection }: Props<T, P>) {
  const { t } = useTranslation();
  if (query.isError && !query.data) return <ProblemNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting lines={10} />;
  const rows = query.data.pages.flatMap((p) => p.items);
  if (rows.length === 0) return <Empty title={empty.title}>{empty.text}</Empty>;
  return (
    <div className="stack">
      <div className="scroll-x table-frame" tabIndex={0} role="region" aria-label={title} aria-busy={query.isFetching}>
        <Table<T> size="small" pagination={false} rowKey={rowKey} columns={columns} dataSource={rows} expandable={expandable} rowSelection={selection} />
      </div>
      <div className="row">
        <span className="soft small" role="status">{t("app.rows_shown", { count: rows.length })}</span>
        {query.hasNextPage && (
          <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t("app.show_more")}</Button>
        )}
        {query.isFetchNextPageError && <ProblemNote error={query.error} />}
      </div>
    </div>
  );
}
