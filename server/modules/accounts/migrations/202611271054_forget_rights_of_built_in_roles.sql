-- What the roles that every company has allow follows from the declarations; their rows are names.
-- bulk: nobody's rights change, nobody is told.
update roles set permissions = '{}' where is_built_in;
