package format

import (
	"bytes"
	"encoding/json"
	"iter"
	"strconv"

	"backstop/app/backup"
	"backstop/app/say"
)

const borgTool = "BorgBackup"

// BorgBackup: what create --json prints of the archive, alone or among borg's messages. The object tells what was saved; only
// the messages tell whether it was everything. borgmatic puts the objects of several repositories into a list.
var _ = register(Format{
	Name:    "borg_json",
	Version: 3,
	Tool:    borgTool,
	Title:   "borg create --json",
	Export: say.N("Keep what borg prints, errors too: borg create --json --show-rc REPO::ARCHIVE /srv >> borg.log 2>&1. " +
		"Without --show-rc a run that left files out may look like a success."),
	Evidence:   backup.Report,
	Meaning:    borgMeaning,
	Endings:    func() []backup.Ending { return borgEndings() },
	Match:      borgObject.Match,
	Executions: borgExecutions,
})

var borgObject = signOf(`(?m)^\s*\[?\s*\{\s*"archive"\s*:\s*\{`, "\"archive\"")

// borgMeaning tells borg's exit status; errors from 3 and warnings from 100 are those of BORG_EXIT_CODES=modern.
func borgMeaning(code string) string { return borgCodes[code] }

// borgEndings are the words and codes of the line about a run's end.
func borgEndings() []backup.Ending {
	all := wordEndings(borgOutcomes)
	for code := range borgCodes {
		word := "error"
		switch n, _ := strconv.Atoi(code); {
		case n == 1, n >= 100 && n < 128:
			word = "warning"
		case n >= 128:
			word = "signal"
		}
		all = append(all, backup.Ending{Word: word, Code: code, Told: borgOutcomes[word]})
	}
	return append(all, backup.Ending{Word: "success", Code: "0", Told: backup.Success}, backup.Ending{Word: "error", Code: "2", Told: backup.Cancelled})
}

var borgCodes = map[string]string{
	"1":   say.Record("some files could not be saved, or changed meanwhile"),
	"2":   say.Record("borg could not do what it was asked for"),
	"13":  say.Record("the repository does not exist"),
	"30":  say.Record("an archive of this name exists"),
	"52":  say.Record("the passphrase is wrong"),
	"72":  say.Record("another borg holds the lock"),
	"73":  say.Record("another borg holds the lock"),
	"100": say.Record("a file changed while it was saved"),
	"107": say.Record("files could not be read"),
	"130": say.Record("interrupted"),
	"143": say.Record("terminated"),
}

// borgCreated is the object of create --json.
type borgCreated struct {
	Archive *struct {
		ID      string          `json:"id"`
		Name    string          `json:"name"`
		Start   string          `json:"start"`
		End     string          `json:"end"`
		Command json.RawMessage `json:"command_line"` // a list, in borg 2 one text
		Host    string          `json:"hostname"`
		Stats   struct {
			Files   json.Number `json:"nfiles"`
			Written json.Number `json:"deduplicated_size"`
		} `json:"stats"`
	} `json:"archive"`
}

// archive is what the object says; false when it is none of create's.
func (c borgCreated) archive() (a borgArchive, ok bool) {
	if c.Archive == nil || !borgID.MatchString(c.Archive.ID) {
		return a, false
	}
	return borgArchive{
		id: c.Archive.ID, name: c.Archive.Name, host: c.Archive.Host, start: c.Archive.Start, end: c.Archive.End,
		files: borgCount(c.Archive.Stats.Files), written: borgCount(c.Archive.Stats.Written),
		showsRC: bytes.Contains(c.Archive.Command, []byte("--show-rc")),
	}, true
}

func borgCount(n json.Number) backup.Count {
	if i, err := n.Int64(); err == nil && i >= 0 {
		return backup.N(i)
	}
	return backup.Count{}
}

// borgExecutions reads all that borg prints but its inventories: text, messages and the objects of --json may stand in one file.
func borgExecutions(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		l := borgLog{in: in, yield: yield, open: &borgRun{}}
		for line, err := range mixedLines(in) {
			if _, harmless := IsBad(err); err != nil && !harmless {
				yield(backup.Execution{}, err)
				return
			}
			switch {
			case err != nil:
				l.bad(err)
			case line.JSON:
				l.object(line.Line)
			default:
				l.read(line.Line, borgMessage{Text: line.Text})
			}
			if l.stopped {
				return
			}
		}
		l.close()
	}
}
