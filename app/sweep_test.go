package main

import (
	"strings"
	"testing"

	"backstop/app/cli"
)

func TestSweep_fromTheCommandLine(t *testing.T) {
	s := newShell(t).aNight()
	s.prints([]string{"sweep", "--now", "2026-03-02T02:59:59Z", "--json"}, `{"resumed":0,"missed":0,"silent":0,"stalled":0,"risks":0}`)
	s.prints([]string{"sweep", "--now", "2026-03-02T03:00:00Z"}, "     0  holds ran out", "     0  runs did not start", "     0  sources are silent", "     1  runs are stalled", "     0  risks were found")
	s.prints([]string{"sweep", "--now", "2026-03-02T03:30:00Z", "--json"}, `{"resumed":0,"missed":0,"silent":0,"stalled":0,"risks":0}`)
	out, _, _ := s.run("incidents", "--json")
	if !strings.Contains(out, `"title":"SHARES Full stalled","opened":"2026-03-02T03:00:00Z","cause":"stalled"`) {
		t.Errorf("incidents:\n%s", out)
	}
	s.write("morning.txt", jobRow("1003", "13", "7", "", "03:00:00", "23:00:00"))
	s.prints([]string{"import", "--now", "2026-03-02T09:00:00Z", "FOLDER/morning.txt"}, "FOLDER/morning.txt: netbackup_bpdbjobs, 1 executions (0 new, 1 updated, 0 unchanged), 0 incidents opened")
	if out, _, _ = s.run("incidents", "--json"); !strings.Contains(out, `"title":"SHARES Full stalled","opened":"2026-03-02T03:00:00Z","cause":"failed"`) {
		t.Errorf("incidents after it failed:\n%s", out)
	}
	if _, said, status := s.run("sweep", "--now", "2026-03-02", "--accept-clock", "x"); status != cli.Usage {
		t.Errorf("both: status %d, %s", status, said)
	}
	s.prints([]string{"sweep", "--accept-clock", "it is right"}, "     0  holds ran out", "     0  runs did not start", "     0  sources are silent", "     0  runs are stalled", "     0  risks were found")
}
