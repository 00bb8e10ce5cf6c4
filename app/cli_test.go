package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/app/cli"
	"backstop/watcher/format"
)

// The names and their order are a contract with other people's scripts. Unknown values are left out, a true 0 is kept.
const (
	good    = `{"tool":"NetBackup","format":"netbackup_bpdbjobs","instance":"primary.cove.example","session":"1001","routine":"SHARES","client":"quay-01.cove.example","kind":"backup","level":"Full","outcome":"success","code":"0","start":"2026-03-01T01:00:00Z","end":"2026-03-01T01:10:00Z","bytes":0,"files":0}`
	bad     = `{"tool":"NetBackup","format":"netbackup_bpdbjobs","instance":"primary.cove.example","session":"1002","routine":"SHARES","client":"quay-01.cove.example","kind":"backup","level":"Full","outcome":"failed","code":"58","start":"2026-03-01T02:00:00Z","end":"2026-03-01T02:05:00Z","error":"the client cannot be connected"}`
	atWork  = `{"tool":"NetBackup","format":"netbackup_bpdbjobs","instance":"primary.cove.example","session":"1003","routine":"SHARES","client":"quay-01.cove.example","kind":"backup","level":"Full","outcome":"running","native_status":"Active","start":"2026-03-01T03:00:00Z","bytes":7168}`
	endOnly = `{"tool":"NetBackup","format":"netbackup_bpdbjobs","instance":"primary.cove.example","session":"1004","routine":"SHARES","client":"quay-01.cove.example","kind":"backup","level":"Full","outcome":"success","code":"0","end":"2026-03-01T01:30:00Z"}`
	noTimes = `{"tool":"NetBackup","format":"netbackup_bpdbjobs","instance":"primary.cove.example","session":"1005","routine":"SHARES","client":"quay-01.cove.example","kind":"backup","level":"Full","outcome":"success","code":"0","bytes":1024,"files":2}`
	opened  = `{"id":1,"title":"SHARES Full failed","opened":"2026-03-02T08:00:00Z","cause":"failed","state":"new","tool":"NetBackup","routine":"SHARES","client":"quay-01.cove.example","session":"1002"}`
)

func TestCLI_lists(t *testing.T) {
	s := newShell(t).aNight()
	for _, tt := range []struct {
		line string
		want []string
	}{
		{"executions --json", []string{good, endOnly, bad, atWork, noTimes}}, // by start, else end; those without either last
		{"executions --json --outcome failed", []string{bad}},
		{"executions --json --outcome running", []string{atWork}},
		{"executions --json --outcome missed", nil},
		{"executions --json --from 2026-03-01T02:00:00Z", []string{bad, atWork}}, // inclusive
		{"executions --json --to 2026-03-01T02:00:00Z", []string{good, endOnly}}, // exclusive
		{"executions --json --from 2026-03-01T01:30:00Z --to 2026-03-01T03:00:00Z", []string{endOnly, bad}},
		{"executions --json --from 2026-03-01", []string{good, endOnly, bad, atWork}},
		{"executions --json --to 2026-03-02", []string{good, endOnly, bad, atWork}},
		{"executions --json --from 2026-03-01T02:00:00Z --to 2026-03-01T02:00:00Z", nil},
		{"executions --json --zone America/New_York --from 2026-02-28T21:00", []string{bad, atWork}}, // 02:00 UTC
		{"executions --json --zone Asia/Tokyo --to 2026-03-01T11:00", []string{good, endOnly}},
		{"executions", []string{
			"2026-03-01 01:00  success    NetBackup       SHARES                    quay-01.cove.example  ",
			"2026-03-01 01:30  success    NetBackup       SHARES                    quay-01.cove.example  ",
			"2026-03-01 02:00  failed     NetBackup       SHARES                    quay-01.cove.example  the client cannot be connected",
			"2026-03-01 03:00  running    NetBackup       SHARES                    quay-01.cove.example  ",
			"                  success    NetBackup       SHARES                    quay-01.cove.example  ",
		}},
		{"executions --outcome failed --zone Asia/Tokyo", []string{"2026-03-01 11:00  failed     NetBackup       SHARES                    quay-01.cove.example  the client cannot be connected"}},
		{"incidents --json", []string{opened}},
		{"incidents --json --state new", []string{opened}},
		{"incidents --json --state closed", nil},
		{"incidents --json --closing reprocessed", nil},
		{"incidents", []string{"     1  2026-03-02 08:00  new          SHARES Full failed                        quay-01.cove.example  58  the client cannot be connected"}},
	} {
		s.prints(strings.Fields(tt.line), tt.want...)
	}
}

// Times without an offset are of the machine's zone.
func TestCLI_readsTimesInTheMachinesZone(t *testing.T) {
	s := newShell(t).aNight()
	s.zone = time.FixedZone("", -5*3600)
	s.prints([]string{"executions", "--json", "--from", "2026-02-28 21:00", "--to", "2026-02-28T22:00:00"}, bad)
	s.prints([]string{"executions", "--json", "--from", "2026-02-28"}, good, endOnly, bad, atWork)
	s.prints([]string{"executions", "--json", "--from", "2026-03-01"})
}

func TestCLI_imports(t *testing.T) {
	s := newShell(t)
	s.write("night.txt", jobRow("1001", "0", "0", "0", "01:00:00", "01:10:00"), jobRow("1002", "58", "", "", "02:00:00", "02:05:00"))
	s.write("cut.txt", jobRow("1001", "0", "0", "0", "01:00:00", "01:10:00"), "1009,0,9,0,SHARES\n", jobRow("1002", "0", "", "", "02:00:00", "02:15:00"), jobRow("1006", "0", "", "", "04:00:00", "04:05:00"))
	s.write("notes.txt", "call the plumber\n")
	s.write("folder/a.txt", jobRow("1011", "0", "", "", "05:00:00", "05:10:00"))
	s.write("folder/b/c.txt", jobRow("1012", "0", "", "", "06:00:00", "06:10:00"))
	for _, tt := range []struct {
		line   string
		status int
		want   []string
	}{
		{"import --json FOLDER/night.txt", cli.Done, []string{`{"path":"FOLDER/night.txt","sha256":"HASH","format":"netbackup_bpdbjobs","status":"imported","executions":2,"new":2,"updated":0,"unchanged":0,"incidents":1,"problems":[]}`}},
		{"import --json FOLDER/night.txt", cli.Done, []string{`{"path":"FOLDER/night.txt","sha256":"HASH","format":"netbackup_bpdbjobs","status":"duplicate","executions":0,"new":0,"updated":0,"unchanged":0,"incidents":0,"problems":[]}`}},
		{"import FOLDER/night.txt", cli.Done, []string{"FOLDER/night.txt: imported before, nothing to do"}},
		{"import FOLDER/cut.txt --json", cli.Unclean, []string{`{"path":"FOLDER/cut.txt","sha256":"HASH","format":"netbackup_bpdbjobs","status":"imported","executions":3,"new":1,"updated":1,"unchanged":1,"incidents":0,"problems":[{"line":2,"reason":"job 1009 ends after 5 columns"}]}`}},
		{"import --json FOLDER/notes.txt", cli.Unclean, []string{`{"path":"FOLDER/notes.txt","sha256":"HASH","status":"rejected","reason":"no known export begins with \"call the plumber\"; ` + "`backstop formats`" + ` lists what is read and how to export it","executions":0,"new":0,"updated":0,"unchanged":0,"incidents":0,"problems":[]}`}},
		{"import FOLDER/folder --zone UTC FOLDER/night.txt", cli.Done, []string{
			"FOLDER/folder/a.txt: netbackup_bpdbjobs, 1 executions (1 new, 0 updated, 0 unchanged), 0 incidents opened",
			"FOLDER/folder/b/c.txt: netbackup_bpdbjobs, 1 executions (1 new, 0 updated, 0 unchanged), 0 incidents opened",
			"FOLDER/night.txt: imported before, nothing to do",
		}},
	} {
		out, err, status := s.run(strings.Fields(tt.line)...)
		if want := strings.Join(tt.want, "\n") + "\n"; status != tt.status || err != "" || withoutHash(out) != want {
			t.Errorf("%s: status %d, %s prints\n%s\nwant %d and\n%s", tt.line, status, err, withoutHash(out), tt.status, want)
		}
	}
	if after, err := os.ReadFile(filepath.Join(s.folder, "notes.txt")); err != nil || string(after) != "call the plumber\n" {
		t.Errorf("an original was changed: %q, %v", after, err)
	}
}

// withoutHash puts HASH in the place of 64 hex digits.
func withoutHash(s string) string {
	const name = `"sha256":"`
	parts := strings.Split(s, name)
	for i := 1; i < len(parts); i++ {
		if at := strings.IndexByte(parts[i], '"'); at == 64 && strings.Trim(parts[i][:at], "0123456789abcdef") == "" {
			parts[i] = "HASH" + parts[i][at:]
		}
	}
	return strings.Join(parts, name)
}

// Whatever is wrong is said in one line, on the error stream, with the status that a script goes by.
func TestCLI_refuses(t *testing.T) {
	s := newShell(t).aNight()
	s.write("broken.db", strings.Repeat("holiday photographs ", 500))
	for line, want := range map[string]struct {
		status int
		says   string
	}{
		"import":                 {cli.Usage, "name the files or folders to read"},
		"import FOLDER/gone.txt": {cli.Usage, "FOLDER/gone.txt: there is no such file or folder"},
		"import FOLDER/night.txt FOLDER/gone.txt":          {cli.Usage, "FOLDER/gone.txt: there is no such file or folder"},
		"import --source tapes FOLDER/night.txt":           {cli.Usage, `no source is named "tapes"`},
		"import --zone Lisbon FOLDER/night.txt":            {cli.Usage, `--zone: "Lisbon" is no time zone`},
		"import --now soon FOLDER/night.txt":               {cli.Usage, `--now: "soon" is no time`},
		"import --incidents-since lately FOLDER/night.txt": {cli.Usage, `--incidents-since: "lately" is no time`},
		"import --jsn FOLDER/night.txt":                    {cli.Usage, "flag provided but not defined: -jsn"},
		"executions --outcome good":                        {cli.Usage, `"good" is no outcome; use one of ["running" "success" "partial" "failed" "missed" "cancelled"]`},
		"executions --from yesterday":                      {cli.Usage, `--from: "yesterday" is no time`},
		"executions --to 2026-02-30":                       {cli.Usage, `--to: "2026-02-30" is no time`},
		"executions FOLDER/night.txt":                      {cli.Usage, `"FOLDER/night.txt" is not understood`},
		"incidents --state open":                           {cli.Usage, `"open" is no state`},
		"incidents --closing lost":                         {cli.Usage, `"lost" is no closing status`},
		"backup":                                           {cli.Usage, "name the file to write with --out"},
		"backup --out FOLDER/night.txt":                    {cli.CouldNot, "FOLDER/night.txt exists; choose another name"},
		"backup --out FOLDER/gone/copy.db":                 {cli.CouldNot, "the copy cannot be written"},
		"verify --head 4711":                               {cli.Usage, `--head: "4711" is no hash`},
		"tidy":                                             {cli.Usage, `"tidy" is no command`},
	} {
		out, err, status := s.run(strings.Fields(line)...)
		if status != want.status || out != "" || !strings.Contains(err, want.says) {
			t.Errorf("%s: status %d, prints %q, says %q; want %d and %q", line, status, out, err, want.status, want.says)
		}
	}
	s.db = filepath.Join(s.folder, "broken.db")
	if _, err, status := s.run("verify"); status != cli.CouldNot || !strings.Contains(err, "damaged or no database of Backstop") {
		t.Errorf("a broken database: status %d, %s", status, err)
	}
}

// A name that looks like a flag is a path behind "--".
func TestCLI_takesPathsThatLookLikeFlags(t *testing.T) {
	s := newShell(t)
	t.Chdir(s.folder)
	s.write("-a.txt", jobRow("1001", "0", "0", "0", "01:00:00", "01:10:00"))
	s.write("--json", jobRow("1002", "0", "0", "0", "01:00:00", "01:10:00"))
	out, err, status := s.run("import", "--", "-a.txt", "--json")
	if status != cli.Done || strings.Count(out, "(1 new, ") != 2 {
		t.Errorf("status %d, prints %q, says %q", status, out, err)
	}
}

func TestCLI_verifies(t *testing.T) {
	s := newShell(t).aNight()
	out, _, status := s.run("verify")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if status != cli.Done || len(lines) != 2 || !strings.HasPrefix(lines[0], "clean: 3 timeline entries") || !strings.HasPrefix(lines[1], "head ") {
		t.Fatalf("status %d, prints %q", status, out)
	}
	head := strings.TrimPrefix(lines[1], "head ")
	s.prints([]string{"verify", "--json", "--head", head}, fmt.Sprintf(`{"entries":3,"head":"%s","clean":true,"findings":[]}`, head))
	other := strings.Repeat("a", 64)
	out, _, status = s.run("verify", "--head", head, "--head", other, "--json")
	if want := fmt.Sprintf(`{"entries":3,"head":"%s","clean":false,"findings":["head %s does not occur: entries were cut off or the timeline was built anew"]}`, head, other); status != cli.Unclean || strings.TrimSpace(out) != want {
		t.Errorf("status %d, prints %s, want %s", status, out, want)
	}
	s.prints([]string{"backup", "--out", "FOLDER/copy.db"}, "copied to FOLDER/copy.db")
	s.db = filepath.Join(s.folder, "copy.db")
	s.prints([]string{"verify", "--json"}, fmt.Sprintf(`{"entries":3,"head":"%s","clean":true,"findings":[]}`, head))
}

// --now is what rules judge by and what entries say they were judged as of; the machine's time stands beside it.
func TestCLI_judgesAsOf(t *testing.T) {
	s := newShell(t).aNight()
	s.write("late.txt", jobRow("1020", "58", "", "", "07:00:00", "07:10:00"), jobRow("1021", "58", "", "", "09:00:00", "09:10:00"))
	if out, err, status := s.run("import", "--now", "2026-04-01", "--incidents-since", "2026-03-01T08:00", "FOLDER/late.txt"); status != cli.Done || !strings.Contains(out, "2 new, 0 updated, 0 unchanged), 1 incidents opened") {
		t.Errorf("status %d, prints %q, says %q", status, out, err)
	}
	out, _, _ := s.run("incidents", "--json")
	if !strings.Contains(out, `"opened":"2026-04-01T00:00:00Z"`) || !strings.Contains(out, `"session":"1021"`) || strings.Contains(out, `"session":"1020"`) {
		t.Errorf("incidents:\n%s", out)
	}
	a := s.app()
	for _, e := range entries(t, a) {
		if time.Since(e.At) > time.Hour || e.Subject != "source" && e.Judged.IsZero() || e.Actor != "cli:ines" && e.Actor != "system" {
			t.Errorf("entry = %+v", e)
		}
		if e.Action == "imported" && e.SubjectID == 2 && !slices.ContainsFunc(e.Details, func(d detail) bool {
			return d.Name == "reason" && d.To == "backstop import --db "+s.db+" --now 2026-04-01 --incidents-since 2026-03-01T08:00 "+filepath.Join(s.folder, "late.txt")
		}) {
			t.Errorf("the reason is not in %+v", e.Details)
		}
	}
}

func TestCLI_formats(t *testing.T) {
	s := newShell(t)
	out, _, status := s.run("formats", "--json")
	if status != cli.Done || !strings.Contains(out, `{"name":"netbackup_bpdbjobs","version":`) {
		t.Errorf("status %d, prints %q", status, out)
	}
	if _, err := os.Stat(s.db); err == nil {
		t.Error("a list of formats made a database")
	}
}

func TestCLI_helps(t *testing.T) {
	flags := map[string][]string{
		"import":     {"db", "json", "source", "zone", "incidents-since", "now"},
		"executions": {"db", "json", "outcome", "from", "to", "zone"},
		"incidents":  {"db", "json", "state", "closing"},
		"verify":     {"db", "json", "head"},
		"backup":     {"db", "out"},
		"formats":    {"db", "json"},
	}
	for _, command := range slices.Sorted(maps.Keys(flags)) {
		if !strings.Contains(cli.Help(), "backstop "+command) {
			t.Errorf("the help does not name %s", command)
		}
		for _, asked := range []string{"--help", "-h"} {
			s := newShell(t)
			out, err, status := s.run(command, asked)
			if status != cli.Done || err != "" || !strings.HasPrefix(out, "backstop "+command) {
				t.Errorf("%s %s: status %d, %q, %q", command, asked, status, out, err)
			}
			for _, name := range flags[command] {
				if !strings.Contains(out, "\n  --"+name+" ") {
					t.Errorf("the help of %s does not tell --%s:\n%s", command, name, out)
				}
			}
		}
	}
}

// Output that cannot be written, onto a disk that is full, is no success; it is told once.
func TestCLI_tellsThatItsOutputIsLost(t *testing.T) {
	s := newShell(t).aNight()
	full, err := os.Open(t.TempDir()) // a folder takes no writing
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	for _, line := range []string{"executions --json", "incidents", "formats"} {
		var said strings.Builder
		args := append(strings.Fields(line), "--db", s.db)
		if status := cli.Run(t.Context(), cli.Env{Out: full, Err: &said, Open: s.open, Formats: format.Infos(), Zone: s.zone, User: "ines"}, args); status != cli.CouldNot {
			t.Errorf("%s: status %d", line, status)
		}
		if strings.Count(said.String(), "cannot be written") != 1 || strings.Count(said.String(), "\n") != 1 {
			t.Errorf("%s: %s", line, said.String())
		}
	}
}
