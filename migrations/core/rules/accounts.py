"""How long an account lives: as long as it is a member of something."""

DROPPED = """
CREATE FUNCTION drop_account_of_nobody() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- whoever ends another membership of this account waits here, and then sees that this one has ended
    PERFORM FROM users WHERE id = OLD.user_id FOR UPDATE;
    DELETE FROM users u WHERE u.id = OLD.user_id AND NOT EXISTS (SELECT FROM memberships m WHERE m.user_id = u.id);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION drop_account_of_nobody FROM PUBLIC;
CREATE TRIGGER drop_account_of_nobody AFTER DELETE ON memberships FOR EACH ROW EXECUTE FUNCTION drop_account_of_nobody();
DELETE FROM users u WHERE NOT EXISTS (SELECT FROM memberships m WHERE m.user_id = u.id);
"""
"""Nobody's addresses are verified, so one that belongs nowhere must not keep its owner out."""

MADE = """
CREATE FUNCTION new_account(address text, called text, hash text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO users (email, name, password_hash) VALUES (address, called, hash) ON CONFLICT (lower(email)) DO NOTHING RETURNING id
$$;
REVOKE ALL ON FUNCTION new_account FROM PUBLIC;
GRANT EXECUTE ON FUNCTION new_account TO lacasa_app;
"""
"""So that an organization makes an account and its membership in one transaction that row-level security watches. Null: it exists."""
