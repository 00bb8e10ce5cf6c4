package format

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"backstop/app/backup"
)

// instants are formats whose ids are made of instants, since another export of the same run names those. Read again in another
// zone such a run is found by its line.
var instants = []string{"vzdump_mail", "tsm_dsmsched"}

// A corrected zone or date order re-dates an execution and never re-keys it: what is read again is known again (DESIGN.md 2).
func TestFormats_aZoneIsNoPartOfTheIdentity(t *testing.T) {
	for _, f := range formats {
		if slices.Contains(instants, f.Name) {
			continue
		}
		logs, _ := filepath.Glob(filepath.Join("testdata", f.Name, "*.log"))
		for _, path := range logs {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			here, there := testInput(t, raw), testInput(t, raw)
			there.Zone = time.FixedZone("", 5*3600)
			want, got := keys(f, here), keys(f, there)
			if len(want) != len(got) {
				t.Errorf("%s: %d executions in one zone, %d in another", path, len(want), len(got))
				continue
			}
			for i, w := range want {
				if got[i].key != w.key {
					t.Errorf("%s: line %d, %s of %s: start %q, end %q makes another identity in another zone", path, w.line, w.session, w.routine, w.start, w.end)
				}
			}
		}
	}
}

type keyed struct {
	key                          backup.Key
	line                         int
	session, routine, start, end string
}

func keys(f Format, in *Input) []keyed {
	var found []keyed
	for e, err := range f.Read(in) {
		if err == nil {
			found = append(found, keyed{e.KeyUnder(e.Instance, in.ModTime, 0), e.Line, e.Session, e.Routine, e.StartText, e.EndText})
		}
	}
	return found
}
