package format

import (
	"iter"
	"regexp"

	"backstop/app/backup"
	"backstop/app/say"
)

// Kopia: what snapshot create prints, as text or as JSON among text, and the list of all snapshots. A snapshot is known by its id
// in all of them. Maintenance that runs behind a snapshot belongs to it.
var _ = register(Format{
	Name:    "kopia",
	Version: 2,
	Tool:    "Kopia",
	Title:   "kopia snapshot create --json, kopia snapshot list --json",
	Export: say.N("Keep what kopia prints, errors too: kopia snapshot create --json /srv >> kopia.log 2>&1. Or, without failed runs: " +
		"kopia snapshot list --json --all > snapshots.json"),
	Evidence:   backup.Report,
	Endings:    func() []backup.Ending { return wordEndings(kopiaIncomplete) },
	Match:      func(head []byte) bool { return kopiaObject.Match(head) || kopiaSpeaks.Match(head) },
	Executions: kopiaExecutions,
})

var (
	kopiaObject = regexp.MustCompile(`"id"\s*:\s*"[0-9a-f]+"\s*,\s*"source"\s*:\s*\{\s*"host"`)
	kopiaSpeaks = signOf(`(?m)^(?:Snapshotting \S.* \.\.\.\r?$|Running (?:full|quick) maintenance\.\.\.|Created (?:partial )?snapshot with root \S+ and ID |ERROR:? upload error: |`+
		`(?:ERROR:? )?(?:running in write session: |(?:failed|unable) to open repository: ))`, "Snapshotting ", " maintenance...", "snapshot with root ", "upload error: ", "in write session", "open repository: ")
	kopiaTable = regexp.MustCompile(`(?m)^\S+@\S+:.+\r?\n {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+ I?k?[0-9a-f]{32}`)
)

var _ = refuse(say.Record("this list of snapshots leaves some out and has no times that can be told; export it with: kopia snapshot list --json --all > snapshots.json"), kopiaTable.Match)

func kopiaExecutions(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		l := kopiaLog{yield: yield, told: map[string]int{}}
		for line, err := range mixedLines(in) {
			if _, harmless := IsBad(err); err != nil && !harmless {
				yield(backup.Execution{}, err)
				return
			}
			switch {
			case err != nil:
				l.give(backup.Execution{}, err)
			case line.JSON:
				l.object(line.Line)
			default:
				l.read(line.Line)
			}
			if l.stopped {
				return
			}
		}
		l.close()
	}
}
