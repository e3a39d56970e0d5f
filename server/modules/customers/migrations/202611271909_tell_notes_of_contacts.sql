-- What happened to notes until now stands in the timelines of their contacts, too: the log knows no
-- contact for those events, the notes do, and each has one for ever.
-- bulk: about a second for 100,000 events; no record changes.
insert into event_subjects (tenant_id, subject_id, entity, sequence, entity_id)
select e.tenant_id, n.contact_id, e.entity, e.sequence, e.entity_id
from notes n
join events e on e.tenant_id = n.tenant_id and e.entity = 'note' and e.entity_id = n.id;
