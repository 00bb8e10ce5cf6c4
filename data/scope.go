package data

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/mattn/go-sqlite3"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

// What somebody may see is decided at one place. For a scope that hides something there is a pool of connections of its own, on which
// each table that holds what belongs to a source is covered by a temporary view of the same name: SQLite takes that first, so no query,
// count or join can reach past it, and none has to think of it. Those who see everything read as if this file were not here.

// mine is the condition that a row belongs to a branch of the scope: the one that the rules put its routine in, else its source's; and
// where locations narrow it, that its routine is of theirs. What a source alone has is asked with no routine.
func mine(scope desk.Scope, source, routine string) string {
	var ways []string
	for _, w := range scope.Windows() {
		way := fmt.Sprintf("%s IN (SELECT s.id FROM main.sources s JOIN main.branches b ON b.company = s.company AND b.name = s.branch WHERE b.id = %d)", source, w.Branch)
		if routine != "" {
			way = fmt.Sprintf(`(%[1]s AND COALESCE(%[2]s, 0) NOT IN (SELECT id FROM main.routines WHERE placed IS NOT NULL)
				OR %[2]s IN (SELECT id FROM main.routines WHERE placed = %[3]d))`, way, routine, w.Branch)
		}
		if w.Location != 0 {
			way += fmt.Sprintf(` AND %[1]s IN (SELECT r.id FROM main.routines r JOIN main.locations l ON l.id = %[2]d
				WHERE (NOT EXISTS (SELECT 1 FROM main.location_routines WHERE location = l.id) OR r.name IN (SELECT name FROM main.location_routines WHERE location = l.id))
				AND (NOT EXISTS (SELECT 1 FROM main.location_clients WHERE location = l.id) OR r.host IN (SELECT x.host FROM main.location_clients c JOIN main.routines x ON x.client = c.client COLLATE NOCASE WHERE c.location = l.id)))`, routine, w.Location)
		}
		ways = append(ways, "("+way+")")
	}
	if len(ways) == 0 {
		return "0"
	}
	return "(" + strings.Join(ways, " OR ") + ")"
}

// riskRoutine is the routine of a risk; one that somebody is missing is about all of a policy, of which the first stands for it.
const riskRoutine = `COALESCE(routine, (SELECT r.id FROM main.routines r WHERE r.tool = risks.tool AND r.name = risks.policy
	AND (r.client = risks.client COLLATE NOCASE OR risks.client = '') ORDER BY r.id LIMIT 1))`

// covered are the views. A table that is not here holds nothing that belongs to a source.
func covered(scope desk.Scope) []struct{ table, within string } {
	bySource := mine(withoutLocations(scope), "source", "")
	return []struct{ table, within string }{
		{"sources", mine(withoutLocations(scope), "id", "")},
		{"files", bySource},
		{"questions", bySource},
		{"source_servers", bySource},
		{"source_mappings", bySource},
		{"silences", bySource},
		{"blocks", bySource},
		{"executions", mine(scope, "source", "routine")},
		{"tombstones", mine(scope, "source", "routine")},
		{"incidents", mine(scope, "source", "routine")},
		{"risks", mine(scope, "source", riskRoutine)},
		{"presences", mine(scope, "source", "routine")},
		{"routine_sources", mine(scope, "source", "routine")},
		{"routines", "id IN (SELECT routine FROM temp.routine_sources)"},
		{"routine_settings", "routine IN (SELECT routine FROM temp.routine_sources)"},
		{"expected", "routine IN (SELECT routine FROM temp.routine_sources)"},
		{"misses", "incident IN (SELECT id FROM temp.incidents)"},
		{"stalls", "incident IN (SELECT id FROM temp.incidents)"},
		{"logs", "execution IN (SELECT id FROM temp.executions)"},
		{"links", "incident IN (SELECT id FROM temp.incidents) AND session IN (SELECT id FROM temp.executions)"},
		{"waiting", "execution IN (SELECT id FROM temp.executions)"},
		{"problems", "file IN (SELECT id FROM temp.files)"},
		{"risk_runs", "risk IN (SELECT id FROM temp.risks) AND execution IN (SELECT id FROM temp.executions)"},
		{"risk_incidents", "risk IN (SELECT id FROM temp.risks) AND incident IN (SELECT id FROM temp.incidents)"},
		{"risk_again", "execution IN (SELECT id FROM temp.executions)"},
		{"timeline", `CASE subject WHEN 'incident' THEN subject_id IN (SELECT id FROM temp.incidents) WHEN 'risk' THEN subject_id IN (SELECT id FROM temp.risks)
			WHEN 'routine' THEN subject_id IN (SELECT id FROM temp.routines) WHEN 'execution' THEN subject_id IN (SELECT id FROM temp.executions)
			WHEN 'source' THEN subject_id IN (SELECT id FROM temp.sources) WHEN 'file' THEN subject_id IN (SELECT id FROM temp.files)
			WHEN 'question' THEN subject_id IN (SELECT id FROM temp.questions) ELSE 0 END`},
	}
}

// seenOf are the columns of a view; those of a routine that tell of its runs tell of the runs that are seen, where sources of other
// branches report the same routine.
func seenOf(table string) string {
	if table != "routines" {
		return "*"
	}
	const shared = "placed IS NULL AND EXISTS (SELECT 1 FROM main.routine_sources o WHERE o.routine = routines.id AND o.source NOT IN (SELECT id FROM temp.sources))"
	const runs = " FROM temp.executions e WHERE e.routine = routines.id"
	columns := "id, tool, name, client, schedule, host, placed"
	for _, c := range []struct{ name, of, none string }{
		{"runs", "COUNT(*)" + runs, "0"},
		{"first", "MIN(e.at)" + runs, "NULL"},
		{"last", "e.at" + runs + newestFirst, "NULL"},
		{"kind", "e.kind" + runs + newestFirst, "0"},
		{"vital", "e.vital" + runs + newestFirst, "0"},
		{"format", "e.format" + runs + newestFirst, "''"},
		{"source", "e.source" + runs + newestFirst, "0"},
		{"outcome", "e.outcome" + runs + newestFirst, "0"},
	} {
		columns += fmt.Sprintf(", IIF(%s, COALESCE((SELECT %s), %s), %s) AS %[4]s", shared, c.of, c.none, c.name)
	}
	return columns
}

// withoutLocations is the scope as far as branches go.
func withoutLocations(scope desk.Scope) desk.Scope {
	windows := slices.Clone(scope.Windows())
	for i := range windows {
		windows[i].Location = 0
	}
	return desk.Through(windows)
}

// reader is what lists are read from.
type reader interface {
	querier
	BeginTx(ctx context.Context, o *sql.TxOptions) (*sql.Tx, error)
	Close() error
}

// narrowed are the pools of scopes that hide something, by scope. There are as many as people who signed in since the start see
// different things.
type narrowed struct {
	mu    sync.Mutex
	pools map[string]reader
}

// within is the store as an actor sees it through a scope.
func (s *Store) within(scope desk.Scope) *Store {
	if scope.Everything() {
		return s
	}
	s.narrow.mu.Lock()
	defer s.narrow.mu.Unlock()
	key := fmt.Sprint(scope.Windows())
	pool, ok := s.narrow.pools[key]
	if !ok {
		pool = s.openNarrow(scope)
		s.narrow.pools[key] = pool
	}
	seen := *s
	seen.read = pool
	return &seen
}

func (s *Store) openNarrow(scope desk.Scope) reader {
	cover := &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		for _, v := range covered(scope) {
			if _, err := c.Exec("CREATE TEMP VIEW "+v.table+" AS SELECT "+seenOf(v.table)+" FROM main."+v.table+" WHERE "+v.within, nil); err != nil {
				return say.Error("what is seen of %s: %w", v.table, err)
			}
		}
		_, err := c.Exec("PRAGMA query_only = 1", nil)
		return err
	}}
	db := sql.OpenDB(connector{cover, dsn(s.path, "mode=ro&_cache_size=-8000&_stmt_cache_size=64&_busy_timeout="+s.wait)})
	db.SetMaxOpenConns(4)
	return narrowReader{db}
}

// connector opens connections that a driver has prepared.
type connector struct {
	driver driver.Driver
	dsn    string
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return c.driver }

// narrowReader asks without naming indexes: a view has none, and whoever sees less has less to look through.
type narrowReader struct{ *sql.DB }

var naming = regexp.MustCompile(`(NOT INDEXED|INDEXED BY \w+)`)

// QueryContext implements querier.
func (r narrowReader) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return r.DB.QueryContext(ctx, naming.ReplaceAllString(query, ""), args...)
}

// QueryRowContext implements querier.
func (r narrowReader) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return r.DB.QueryRowContext(ctx, naming.ReplaceAllString(query, ""), args...)
}

// checkScope refuses a change of incidents of which some lie outside: those asked for as if they did not exist, those merged into them
// with a sentence.
func checkScope(ctx context.Context, tx *sql.Tx, scope desk.Scope, l desk.Loaded) error {
	if scope.Everything() {
		return nil
	}
	for _, in := range l.Incidents {
		if out, err := hidden(ctx, tx, scope, "incidents", int64(in.ID)); err != nil || out {
			return say.Error("incident %d: %w", in.ID, orNotFound(err))
		}
		for _, c := range in.Merged {
			out, err := hidden(ctx, tx, scope, "incidents", int64(c.ID))
			if err != nil {
				return err
			}
			if out {
				return say.Error("%d has incidents merged into it that lie outside what you may see; ask somebody who sees them all: %w", in.ID, incident.ErrNotAllowed)
			}
		}
	}
	for _, x := range l.Sessions {
		if out, err := hidden(ctx, tx, scope, "executions", int64(x.ID)); err != nil || out {
			return say.Error("execution %d: %w", x.ID, orNotFound(err))
		}
	}
	return nil
}

// hidden tells whether a row lies outside the scope.
func hidden(ctx context.Context, tx *sql.Tx, scope desk.Scope, table string, id int64) (out bool, err error) {
	if scope.Everything() {
		return false, nil
	}
	routine := "routine"
	if table == "risks" {
		routine = riskRoutine
	}
	err = tx.QueryRowContext(ctx, "SELECT COUNT(*) = 0 FROM "+table+" WHERE id = ? AND COALESCE("+mine(scope, "source", routine)+", 0)", id).Scan(&out)
	return out, err
}
