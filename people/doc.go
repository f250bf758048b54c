// Package people holds the institution's staff: the tree of org units, persons
// with number, position and manager and their history by date, the roles they hold
// over units and what a role reaches, sign-in and sessions.
//
// History: people is the newest state of everybody. Every change of name, unit,
// position, manager or status is also a row of staff_history with the whole new
// state, the local date of the unit from which it holds, and when and by whom it was
// recorded. The database writes it with the change, so that no path can forget;
// changeAsTx tells it who changes. Other rooms join the views staff (now) and
// staff_on(day), not the tables; who has left has a row that says so.
//
// Not kept by date: employee number, login, e-mail, language and time zone of a
// person, and names, parent, zone and calendar of a unit, which staff_on tells as
// they are today. A history of units would be a table of its own that staff_on joins
// instead of units; rows name the unit and not its path, so that they would stay
// true. History began with migration 22: who was there then has one row, since the
// day they were first known, and what was changed before is not known. Nothing takes
// effect in the future: an import holds from the day it is made.
//
// Invariants: an employee number and a login name belong to one person for
// ever; the newest row of history is what the person is; a role grant is ended,
// never deleted; a session token is stored only as its SHA-256; a password only as
// argon2id. Tries at a password are counted before it is looked at, strangers' apart from
// those of a known device, and hashes wait in one short queue. It refuses a sign-in
// without saying whether the name or the password was wrong, and what the actor may not
// see is not found: Reach answers for every room.
//
// It imports no other room; every room may import it.
package people
