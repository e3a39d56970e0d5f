-- Addresses that no mail reaches, as those who deliver it say: nothing more is sent there until
-- somebody sends it by hand.
create table mail_suppressions (
    tenant_id uuid        not null default current_tenant(),
    address   text        not null,  -- in lower case
    reason    text        not null,
    at        timestamptz not null,

    primary key (tenant_id, address),
    constraint mail_suppressions__reason__not_an_option
        check (reason in ('bounced', 'complained'))
);
call isolate_tenant('mail_suppressions');
