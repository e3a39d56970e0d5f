-- Rights written there would be read by nobody.
alter table roles add constraint roles__permissions__not_allowed
    check (not is_built_in or permissions = '{}');
