-- In how many lines of proposals a product stands: what sells, and what may be let go.
alter table products add column times_offered bigint not null default 0;
create index products_by_times_offered on products (tenant_id, times_offered, id)
    where deleted_at is null;
call keep_totals('products', 'proposal_items', 'product_id', array['times_offered count'],
                 'proposals', 'proposal_id');
