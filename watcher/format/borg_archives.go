package format

import (
	"encoding/json"
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// The inventory of a repository: what list and info print of its archives. An archive says that a run ended, not that it saved
// everything.
var _ = register(Format{
	Name:       "borg_archives",
	Version:    1,
	Tool:       borgTool,
	Title:      "borg info --json, borg list --json",
	Export:     say.N("borg info --json --last 100 REPO > archives.json, which also names hosts and sizes; or borg list --json REPO > archives.json"),
	Evidence:   backup.Inventory,
	EndsOnly:   true,
	Match:      borgArchivesMatch,
	Executions: borgArchives,
})

var borgInventory = regexp.MustCompile(`^\s*\[?\s*\{\s*"archives"\s*:\s*\[`)

func borgArchivesMatch(head []byte) bool {
	return borgInventory.Match(head) && (holds(head, `"barchive"`) || holds(head, `"hostname"`) || holds(head, `"repository"`))
}

// borgListed is one archive: list tells little of it, info all.
type borgListed struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Start string `json:"start"`
	End   string `json:"end"`
	Host  string `json:"hostname"`
	Stats struct {
		Files   json.Number `json:"nfiles"`
		Written json.Number `json:"deduplicated_size"`
	} `json:"stats"`
}

func borgArchives(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		for r, err := range jsonRecords(in, "archives") {
			var whole struct{ Archives []borgListed }
			switch {
			case err != nil:
			case r.key == "archives":
				whole.Archives = make([]borgListed, 1)
				err = r.into(&whole.Archives[0])
			default: // borgmatic puts a list round the inventories of several repositories
				err = r.into(&whole)
			}
			if err != nil {
				if !yield(backup.Execution{}, err) {
					return
				}
				continue
			}
			for _, a := range whole.Archives {
				if strings.Contains(a.Name, ".checkpoint") {
					in.note(say.Record("checkpoints are left out: they are what interrupted runs leave"))
				} else if !yield(a.execution(in, r)) {
					return
				}
			}
		}
	}
}

func (a borgListed) execution(in *Input, r jsonRecord) (backup.Execution, error) {
	if !borgID.MatchString(a.ID) {
		return backup.Execution{}, bad(r.line, say.Record("the archive %q has no id", a.Name))
	}
	archive := borgArchive{
		id: a.ID, name: a.Name, host: a.Host, start: a.Start, end: a.End,
		files: borgCount(a.Stats.Files), written: borgCount(a.Stats.Written),
	}
	e := backup.Execution{Kind: backup.Data, Outcome: backup.Success, Line: r.line, Offset: r.offset}
	if err := archive.fill(in, &e); err != nil {
		return e, bad(r.line, err.Error())
	}
	return e, nil
}
