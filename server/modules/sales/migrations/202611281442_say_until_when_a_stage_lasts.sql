-- From when on an opportunity is stuck: the days of its stage are over.
alter table opportunities add column stage_due_on date;
create index opportunities_by_stage_due_on on opportunities
    (tenant_id, coalesce(stage_due_on, '-infinity'::date), id) include (stage_due_on)
    where deleted_at is null;
