package data

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
)

// withText is a desk with incidents of different words, searched with the text index or without it.
func withText(t *testing.T, indexed bool) *aDesk {
	t.Helper()
	d := newDesk(t)
	if !d.textFind {
		indexed = false // a build without FTS5 has the plain way only
	}
	d.textFind = indexed
	var records []any
	for i, failure := range []string{
		"cannot connect on socket (25)", `open c:\backup\daily.vhd failed`, "error-code 100% of quota", "NEAR(tape, drive) OR NOT media*", `he said "no media"`,
		"Sicherung Müller abgebrochen", "snapshot_removed", "snapshotXremoved", "1042 files skipped", "a^b {c}",
	} {
		records = append(records, night(fmt.Sprint("job-", i+1), backup.Failed, from(float64(i-20)), says(failure)))
	}
	d.read(0, records...)
	return d
}

func TestText_finds(t *testing.T) {
	for _, indexed := range []bool{true, false} {
		d := withText(t, indexed)
		for text, want := range map[string]string{
			"":                      "[1 2 3 4 5 6 7 8 9 10]",
			"   ":                   "[1 2 3 4 5 6 7 8 9 10]",
			"connect":               "[1]",
			"CONNECT Socket":        "[1]",
			"socket connect":        "[1]",
			"connect tape":          "[]",
			"nnec":                  "[1]",
			"(25)":                  "[1]",
			`c:\backup`:             "[2]",
			"error-code":            "[3]",
			"100%":                  "[3]",
			"%":                     "[3]",
			"NEAR(tape":             "[4]",
			"OR":                    "[3 4]",
			"NOT media*":            "[4]",
			"media*":                "[4]",
			`"no media"`:            "[5]",
			`"no`:                   "[5]",
			`"`:                     "[5]",
			"Müller":                "[6]",
			"ü":                     "[6]",
			"snapshot_removed":      "[7]",
			"snapshot removed":      "[7 8]",
			"t_r":                   "[7]",
			"a^b {c}":               "[10]",
			"title:connect":         "[]",
			"'; DROP TABLE x; --":   "[]",
			"FS-DAILY":              "[1 2 3 4 5 6 7 8 9 10]",
			"harbour job-3":         "[3]",
			"daily full failed 25)": "[1]",
			"7":                     "[7]",
			"10":                    "[3 9 10]",
		} {
			ids, err := d.desk.IncidentIDs(t.Context(), rosa, desk.IncidentQuery{Text: text})
			if err != nil || fmt.Sprint(ids) != want {
				t.Errorf("indexed %v: %q finds %v, want %s; %v", indexed, text, ids, want, err)
			}
			page, err := d.desk.IncidentIDs(t.Context(), rosa, desk.IncidentQuery{Text: text, Limit: 20, Sort: "opened"})
			if err != nil || fmt.Sprint(page) != want {
				t.Errorf("indexed %v: the first page of %q is %v, want %s; %v", indexed, text, page, want, err)
			}
		}
	}
}

// A number finds the incident of that number as well, whichever way the search goes.
func TestText_findsByNumber(t *testing.T) {
	for _, indexed := range []bool{true, false} {
		s := fillIncidents(t, fewRows+500)
		s.rewrite(t, "UPDATE incidents SET session = '', failure = 'cannot connect to 5042' WHERE id <> 5042; UPDATE incidents SET session = '', failure = 'none' WHERE id = 5042")
		s.textFind = s.textFind && indexed
		for _, q := range []desk.IncidentQuery{{Text: "5042"}, {Text: "5042", Limit: fewRows + 500}, {Text: "policy 5042"}} {
			if ids := idsOf(t, s, q); !slices.Contains(ids, 5042) || len(ids) < fewRows {
				t.Errorf("indexed %v: %q finds %d, 5042 among them: %v", indexed, q.Text, len(ids), slices.Contains(ids, 5042))
			}
		}
	}
}

// rewrite changes rows behind the program's back, and their index with them.
func (s *Store) rewrite(t *testing.T, statements string) {
	t.Helper()
	if err := s.inTx(t.Context(), func(tx *sql.Tx) error {
		if _, err := tx.Exec(statements); err != nil || !s.textFind {
			return err
		}
		return rebuildText(t.Context(), tx)
	}); err != nil {
		t.Fatal(err)
	}
}

// The index knows that ü is a small Ü. The first page finds what the full list finds, few rows and many.
func TestText_pageAndListAgreeOnCase(t *testing.T) {
	s := fillIncidents(t, 2*fewRows+1000)
	s.rewrite(t, "UPDATE incidents SET failure = CASE id % 2 WHEN 0 THEN 'MÜLLER verloren' ELSE 'müller verloren' END")
	all := idsOf(t, s, desk.IncidentQuery{Text: "müller"})
	page := idsOf(t, s, desk.IncidentQuery{Text: "müller", Limit: 10})
	if !slices.Equal(all[:10], page) {
		t.Errorf("the first page is %v, the list begins %v", page, all[:10])
	}
}

// Renaming keeps the index.
func TestText_followsARename(t *testing.T) {
	d := withText(t, true)
	d.must(d.desk.Rename(t.Context(), rosa, 3, "File server out of quota"))
	for text, want := range map[string]string{"file server": "[3]", "error-code": "[3]", "quota FS-DAILY": "[3]"} {
		if ids := idsOf(t, d.Store, desk.IncidentQuery{Text: text}); fmt.Sprint(ids) != want {
			t.Errorf("%q finds %v, want %s", text, ids, want)
		}
	}
	if ids := idsOf(t, d.Store, desk.IncidentQuery{Text: `"full failed"`}); len(ids) != 0 {
		t.Errorf("the quotes are searched for: %v", ids)
	}
}

// A program without FTS5 that changes incidents leaves the index stale; the next one with it builds it anew.
func TestText_isBuiltAnewAfterAProgramWithoutIt(t *testing.T) {
	d := withText(t, true)
	if !d.textFind {
		return
	}
	d.textFind = false
	d.must(d.SaveSetting(t.Context(), staleText, true, nil))
	d.must(d.desk.Rename(t.Context(), rosa, 3, "Quota of the file server"))
	d.must(d.Close())
	next := openDesk(t, d.path)
	for text, want := range map[string]string{"quota of the file": "[3]", "socket": "[1]"} {
		if ids := idsOf(t, next.Store, desk.IncidentQuery{Text: text}); fmt.Sprint(ids) != want {
			t.Errorf("%q finds %v, want %s", text, ids, want)
		}
	}
	equal(t, next.rows("SELECT name FROM settings"))
}
