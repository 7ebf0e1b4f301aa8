# An answer that is lost at the commit leaves the outcome unknown; the same command again finds out.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
env MUSTER_STORE=$SERVER&schema=$SCHEMA
env MUSTER_INVITATION_KEY=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
file muster.yaml
    kind: Project
    name: acme-access
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
end
file access.yaml
    kind: Role
    name: access_read
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read]
end
file people.yaml
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    blocked: false
    memberships:
      - tenant: production
        permissions: [invite_admins, assign_permissions, assign_roles]
        roles: [access_read]
end
$ muster apply --operator --yes
file die.sql
    CREATE SEQUENCE turns;
    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
    IF nextval('turns') < 2 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
    RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER die AFTER INSERT ON audit DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION die();
end
$ psql -qX $SERVER -c "SET search_path TO $SCHEMA" -f die.sql
file more.yaml
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
    memberships:
      - { tenant: production, roles: [access_read] }
end
$ muster plan --operator --out plan.json
$ muster apply plan.json --operator
exit 7
err> whether the changes were written is not known
err> Run the same command again; it will tell.
$ muster apply plan.json --operator
out> Applied as run 2
$ muster apply plan.json --operator
out> lready applied
$ sh -c 'cat .muster/mail/new/* | grep -c "^To: .*bob@acme.example"'
out> 1
$ muster plan --operator --detailed-exitcode
$ muster audit verify
