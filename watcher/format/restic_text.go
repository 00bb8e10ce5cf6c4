package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

const resticTool = "restic"

// What restic writes for people: a run captured alone, a log of many commands that cron appends to, or a terminal's capture.
// Nothing in it names host or time; a saved run is known by its snapshot, any other by its own text.
var _ = register(Format{
	Name:     "restic_text",
	Version:  1,
	Tool:     resticTool,
	Title:    "restic … >> restic.log 2>&1",
	Export:   say.N("Append what restic prints, errors too: restic backup /srv >> restic.log 2>&1. With --json it also tells times (0.18 and later)."),
	Evidence: backup.Report,
	Append:   true,
	Match: func(head []byte) bool {
		return !resticJSONMatch(head) && resticTextMatch(head)
	},
	Executions: resticExecutions,
})

// resticSigns are lines that only restic writes. A log of failures alone has no other.
var resticSigns = regexp.MustCompile(`^(?:` + strings.Join([]string{
	`snapshot [0-9a-f]{8} saved$`,
	`no parent snapshot found, will read all files$`,
	`using parent snapshot [0-9a-f]{8}$`,
	`processed \d+ files, .* in \d+:\d\d`,
	`Applying Policy: `,
	`no errors were found$`,
	`created restic repository [0-9a-f]`,
	`(?:Load|Save|Stat|List|Remove)\(.*\) (?:failed|returned error, retrying after)`,
	`(?:unable to create lock in backend: )?repository is already locked `,
	`(?:create exclusive lock for repository|collecting packs for deletion and repacking)$`,
	`(?:signal \w+ received, cleaning up|successfully removed (?:\d+ )?locks)$`,
	`.* does not exist, skipping$`,
	`Fatal: (?:wrong password|an empty password|unable to (?:open|save|create|load|lock) |repository (?:does not exist|contains errors)|config (?:file )?cannot be loaded)`,
	`Fatal: (?:all (?:target|source) directories/files do not exist|create (?:repository|key) |nothing to backup|Please specify repository location|Resolving password failed)`,
	`Fatal: (?:LoadIndex returned errors|packs from index missing|no matching ID found|parsing repository location)`,
	`Fatal: open .*(?:keys|index|config|locks|snapshots)\b`,
}, "|") + `)`)

func resticTextMatch(head []byte) bool {
	for line := range strings.Lines(string(head)) {
		if resticSigns.MatchString(resticPlain(line)) {
			return true
		}
	}
	return false
}

// resticPlain is a line as a terminal shows it in the end.
func resticPlain(line string) string {
	return strings.TrimRight(lastFrame(strings.TrimRight(line, "\r\n")), " \t")
}

func resticExecutions(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		l := &resticLog{in: in, yield: yield, open: &resticRun{}, earlier: in.Offset > 0}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			l.read(line)
			if l.stopped {
				return
			}
		}
		l.close()
	}
}
