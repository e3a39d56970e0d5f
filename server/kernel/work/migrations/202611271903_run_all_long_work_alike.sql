-- One engine runs imports, bulks and what comes (decision 0129). Whoever took a work over last says
-- so in its row, and only that one goes on.
alter table imports add column runner uuid;
alter table operations add column runner uuid, add column asker_id uuid;

-- In whose name an operation goes on, or its undo; null is the system.
update operations
set asker_id = (case when 'undoing' in (state, failed_in) and args ? 'undoer'
                     then args #>> '{undoer,user}' else args #>> '{asker,user}' end)::uuid,
    args = args - 'asker' - 'undoer';

-- Which kinds there are, the program declares; and what it runs may be cancelled.
alter table operations
    drop constraint operations__kind__not_an_option,
    drop constraint operations__state__not_an_option,
    add constraint operations__state__not_an_option check (
        state in ('queued', 'running', 'done', 'failed', 'undoing', 'undone', 'cancelled'));

-- Jobs are named after the kind of their work, and all say which one it is by the same word.
update jobs j
set kind = o.kind || substr(j.kind, length('operation') + 1),
    args = jsonb_build_object('id', o.id)
from operations o
where j.kind in ('operation.run', 'operation.undo', 'operation.run.given_up',
                 'operation.undo.given_up')
    and o.tenant_id = j.tenant_id and o.id = (j.args ->> 'operation_id')::uuid;
update jobs
set args = jsonb_build_object('id', args -> 'import_id')
where kind in ('import.run', 'import.undo', 'import.run.given_up', 'import.undo.given_up');
