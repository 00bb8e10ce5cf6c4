package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"backstop/app/desk"
	"backstop/app/incident"
)

// realSamples is the folder of real exports, where there is one: it is not shipped.
const realSamples = "../../shared/samples"

// realDesk has imported all real exports.
func realDesk(t *testing.T) *App {
	t.Helper()
	if _, err := os.Stat(realSamples); err != nil {
		t.Skip("samples folder absent")
	}
	a, err := New(t.Context(), Options{DB: filepath.Join(t.TempDir(), "desk.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Stop() })
	request := desk.ImportRequest{Source: desk.ByHand, Zone: "UTC", Paths: []string{realSamples}}
	request.OpenAll = true
	if _, err := a.Desk.Import(t.Context(), rosa, request, nil); err != nil {
		t.Fatal(err)
	}
	return a
}

// realErrors are what tools said of their failed runs: the failure of each incident and the lines of its log.
func realErrors(t *testing.T) (rows []desk.IncidentRow, lines []string) {
	t.Helper()
	a := realDesk(t)
	ids, err := a.Desk.IncidentIDs(t.Context(), rosa, desk.IncidentQuery{})
	if err != nil {
		t.Fatal(err)
	}
	if rows, err = a.Desk.IncidentRows(t.Context(), rosa, ids); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, id := range ids {
		d, err := a.Desk.Incident(t.Context(), rosa, id)
		if err != nil {
			t.Fatal(err)
		}
		log, err := a.Desk.Log(t.Context(), rosa, int64(d.Incident.Execution))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(d.Row.Failure+"\n"+string(log), "\n") {
			if line = strings.TrimSpace(line); line != "" && len(line) < 500 && !known[line] {
				known[line] = true
				lines = append(lines, line)
			}
		}
	}
	return rows, lines
}

// otherwise are the forms of what differs from one night to the next, each with another of its kind. They are not those that the
// signature folds by.
var otherwise = []struct {
	name  string
	form  *regexp.Regexp
	other string
}{
	{"a date and a time", regexp.MustCompile(`\b20\d\d-[01]\d-[0-3]\d([ T])[0-2]\d:[0-5]\d:[0-5]\d\b`), "2031-10-28${1}23:58:59"},
	{"a date", regexp.MustCompile(`\b20\d\d-[01]\d-[0-3]\d\b`), "2031-10-28"},
	{"a time", regexp.MustCompile(`\b[0-2]?\d:[0-5]\d:[0-5]\d\b`), "23:58:59"},
	{"an address", regexp.MustCompile(`\b(?:10\.\d{1,3}|127\.0|192\.168|172\.16)\.\d{1,3}\.\d{1,3}\b`), "10.99.88.77"},
	{"an id", regexp.MustCompile(`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`), "0f1e2d3c-4b5a-4678-8796-a5b4c3d2e1f0"},
	{"a path", regexp.MustCompile(`(^|[ "'=(])/(?:srv|var|home|volume\d|etc|mnt)(?:/[\w.-]*\w)+`), "${1}/var/another/place.d/x9"},
	{"a count", regexp.MustCompile(`\b\d+ (files|bytes|errors|warnings|directories)\b`), "73 $1"},
}

// productCode is the number of a message in the books of its product.
var productCode = regexp.MustCompile(`\b(?:ORA|RMAN|BR|ANR|ANS|ANE|ACO|NSR)-?\d{4,5}[EWISD]?\b`)

func TestRealErrors(t *testing.T) {
	rows, lines := realErrors(t)
	t.Run("signature", func(t *testing.T) { signaturesHold(t, rows, lines) })
	t.Run("category", func(t *testing.T) { categoriesFit(t, rows) })
}

// The same error on another day has the same signature; what tells errors apart is kept.
func signaturesHold(t *testing.T, rows []desk.IncidentRow, lines []string) {
	t.Helper()
	tried := map[string]int{}
	for _, line := range lines {
		signature := incident.Signature("", line)
		for _, o := range otherwise {
			again := o.form.ReplaceAllString(line, o.other)
			if again == line {
				continue
			}
			tried[o.name]++
			if got := incident.Signature("", again); got != signature {
				t.Errorf("%s tells apart\n%q: %q\n%q: %q", o.name, line, signature, again, got)
			}
		}
		for _, code := range productCode.FindAllString(line, -1) {
			tried["a code"]++
			if !strings.Contains(signature, strings.ToLower(code)) {
				t.Errorf("%s is lost: %q: %q", code, line, signature)
			}
		}
	}
	for _, o := range otherwise {
		if tried[o.name] == 0 {
			t.Errorf("the samples hold no %s", o.name[2:])
		}
	}
	for _, r := range rows {
		if got := incident.Signature(r.Code, r.Failure); !strings.HasPrefix(got, strings.ToLower(r.Code)) || got == "" {
			t.Errorf("%d: code %q is lost: %q", r.ID, r.Code, got)
		}
	}
	t.Logf("%d failures, %d lines; tried %v", len(rows), len(lines), tried)
}

// plainly are words that leave no doubt.
var plainly = map[string]*regexp.Regexp{
	"Credentials": regexp.MustCompile(`(?i)permission denied|wrong password|access denied`),
	"Capacity":    regexp.MustCompile(`(?i)no space`),
	"Network":     regexp.MustCompile(`(?i)(cannot|could not|unable to) (be )?connect|connection refused|socket`),
}

// Where the words leave no doubt, the proposal has none either; and a partial run of files is nobody's database.
func categoriesFit(t *testing.T, rows []desk.IncidentRow) {
	t.Helper()
	proposed := map[string]int{}
	for _, r := range rows {
		got := desk.ProposeCategory(r.Failure)
		proposed[got]++
		for want, words := range plainly {
			if words.MatchString(r.Failure) && got != want {
				t.Errorf("%d %q: %s, want %s", r.ID, r.Failure, got, want)
			}
		}
		if strings.Contains(r.Failure, "files or databases were skipped") && got != "Client or agent" {
			t.Errorf("%d %q: %s", r.ID, r.Failure, got)
		}
	}
	t.Logf("proposed: %v", proposed)
}
