-- Who may do what with the entities of a blueprint, as far as somebody has set it; what is absent is as it is from the
-- start. It lies with the blueprint, so that whoever knows the model knows the permissions, and a change of them is a
-- revision like any other: writers that decided by the old ones decide again. json keeps the order of lists and keys.
alter table blueprint add column permissions json not null default '{"entities":{}}';
alter table blueprint_revision add column permissions json;
