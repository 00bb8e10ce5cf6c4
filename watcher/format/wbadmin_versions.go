package format

import (
	"iter"
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Windows Server Backup's inventory. Its labels and local times are in the language of Windows; the version identifier is not:
// it is always UTC, month first. It proves what can be restored, never what failed, and names no computer.
var _ = register(Format{
	Name:       "wbadmin_versions",
	Version:    1,
	Tool:       "Windows Server Backup",
	Title:      "wbadmin get versions",
	Export:     say.N("wbadmin get versions > versions.txt, in a folder of its own for each computer. It holds no failed backups: let an expectation watch that new ones come."),
	Evidence:   backup.Inventory,
	EndsOnly:   true,
	Match:      func(head []byte) bool { return wbadminSays.Match(head) && wbadminVersion.Match(head) },
	Executions: wbadminVersions,
})

var (
	wbadminSays    = signOf(`(?m)^(wbadmin \d|Version identifier: )`, "wbadmin ", "Version identifier: ")
	wbadminVersion = regexp.MustCompile(`(?m)^[^:\n]+: *(\d\d/\d\d/\d{4}-\d\d:\d\d)\s*$`)
)

func wbadminVersions(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		var first, last Line // of the block
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if strings.TrimSpace(line.Text) == "" {
				first = Line{}
				continue
			}
			if first.N == 0 {
				first = line
			}
			if m := wbadminVersion.FindStringSubmatch(line.Text); m != nil && !yield(wbadminBackup(m[1], first, last)) {
				return
			}
			last = line
		}
	}
}

// wbadminBackup is one version; the line before its identifier tells where it lies.
func wbadminBackup(version string, first, before Line) (backup.Execution, error) {
	e := backup.Execution{Outcome: backup.Success, Absolute: true, StartText: version, Line: first.N, Offset: first.Offset}
	_, target, _ := strings.Cut(before.Text, ":")
	if before.N < first.N { // the identifier stands alone
		target = ""
	}
	e.Session = strings.TrimSpace(version + " " + strings.TrimSpace(target))
	var err error
	if e.Start, err = time.Parse("01/02/2006-15:04", version); err != nil {
		return e, bad(first.N, say.Record("%q is no version identifier", version))
	}
	return e, nil
}
