package format

import (
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// What borg writes for people. An archive's statistics tell id and times; a run that made none has no time at all.
var _ = register(Format{
	Name:       "borg_text",
	Version:    3,
	Tool:       borgTool,
	Title:      "borg create --stats --show-rc",
	Export:     say.N("borg create --stats --show-rc REPO::ARCHIVE /srv >> borg.log 2>&1. With --log-json in place of text, runs that failed have a time too."),
	Evidence:   backup.Report,
	Meaning:    borgMeaning,
	Endings:    func() []backup.Ending { return borgEndings() },
	Match:      borgTextMatch,
	Executions: borgExecutions,
})

var (
	borgSigns = signOf(`(?m)^(?:`+strings.Join([]string{
		`Archive fingerprint: [0-9a-f]{64}\r?$`,
		`terminating with \w+ status, rc \d+\r?$`,
		`Creating archive at ".*::`,
		`(?:Keeping|Pruning) archive .* \[[0-9a-f]{64}\]\r?$`,
		`compaction freed about `,
		`Borg: \d[\w.]+ +Python: `,
		`Failed to create/acquire the lock `,
		`Finished (?:full|partial) repository check, `,
		`Archive consistency check complete, `,
		`(?:passphrase supplied in .* is incorrect|Repository .* does not exist|.* is not a valid repository)\b`,
	}, "|")+`)`, "Archive fingerprint: ", "terminating with ", "Creating archive at ", " archive ", "compaction freed about ", "Borg: ", "acquire the lock ",
		" check", "passphrase supplied", "Repository ", " is not a valid repository")
	borgInfo = regexp.MustCompile(`(?m)^Username: .*\r?\nTime \(start\): `)
	borgList = regexp.MustCompile(`(?m)^\S.* [A-Z][a-z]{2}, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: [+-]\d{4})? \[[0-9a-f]{64}\]`)
)

func borgTextMatch(head []byte) bool {
	return borgSigns.Match(head) && !borgmaticSigns.Match(head) && !borgMessages.Match(head) && !borgObject.Match(head) && !borgInfo.Match(head)
}

var _ = refuse(say.Record("this is what borg prints of archives, not of runs; export the inventory with: borg info --json --last 100 REPO > archives.json"), func(head []byte) bool {
	return borgInfo.Match(head) || borgList.Match(head)
})
