package data

import (
	"database/sql"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/app/desk"
)

var update = flag.Bool("update", false, "write schema.golden.sql anew")

// The sum of all migrations is a file of its own, so that a review sees what a change of the layout comes to.
func TestMigrate_equalsTheGoldenSchema(t *testing.T) {
	d := newDesk(t)
	got := strings.Join(d.rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'incidents_text%' ORDER BY tbl_name, type = 'index', name"), ";\n\n") + ";\n"
	const golden = "schema.golden.sql"
	if *update {
		d.must(os.WriteFile(golden, []byte(got), 0o644))
	}
	raw, err := os.ReadFile(golden)
	d.must(err)
	if string(raw) != got {
		t.Errorf("the migrations do not lead to %s; if they are right, run go test ./data -run Golden -update. They lead to:\n%s", golden, got)
	}
}

// Every table refuses text where a number belongs, and so any mistake of the program.
func TestMigrate_tablesAreStrict(t *testing.T) {
	d := newDesk(t)
	equal(t, d.rows("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'incidents_text%'"))
}

func TestOpen_refusesANewerLayout(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	outside(t, path, "PRAGMA user_version = 99")
	_, err := Open(t.Context(), Options{Path: path})
	if err == nil || !strings.Contains(err.Error(), "newer Backstop (version 99, this one knows ") {
		t.Errorf("error = %v", err)
	}
}

func TestOpen_refusesWhatIsNoDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("holiday photographs ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), Options{Path: path})
	if err == nil || !strings.Contains(err.Error(), "damaged or no database of Backstop") {
		t.Errorf("error = %v", err)
	}
}

// An older layout is copied before it is changed; a start that failed half way does not stand in the way of the next.
func TestMigrate_copiesAnOlderLayout(t *testing.T) {
	d := newDesk(t)
	for _, said := range []string{"first try", "second try"} {
		d.must(d.SaveSetting(t.Context(), "said", said, nil))
		d.must(d.copyBefore(t.Context(), 2))
		list, err := d.Copies(t.Context())
		d.must(err)
		if len(list) != 1 || list[0].Why != desk.BeforeVersion {
			t.Fatalf("copies: %+v", list)
		}
		copied := openDesk(t, list[0].Path)
		var got string
		d.must(copied.Setting(t.Context(), "said", &got))
		if got != said {
			t.Errorf("the copy holds %q, want %q", got, said)
		}
		d.must(copied.Close())
	}
}

// outside changes a database behind the program's back.
func outside(t testing.TB, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite3", dsn(path, "_busy_timeout=5000"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}
