-- What was counted by hand until now (202611240943) the kernel keeps as it is declared: also the last
-- contact, which stayed when the note that it came from went away.
drop trigger count_new on notes;
drop trigger count_moved on notes;
drop function count_new_notes, count_moved_note;
call keep_totals('contacts', 'notes', 'contact_id', array[
    'last_contact_at latest created_at',
    'total_interactions count']);
