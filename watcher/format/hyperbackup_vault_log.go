package format

import (
	"encoding/json"
	"iter"

	"backstop/app/backup"
	"backstop/app/say"
)

// Synology Hyper Backup Vault's log on the NAS that keeps the copies. It names the target by number and user, and never the
// task. Retrieving and rotating are other work on the same target.
var _ = register(Format{
	Name:       "hyperbackup_vault_log",
	Version:    1,
	Tool:       hyperbackupTool,
	Title:      "synobackup_server.log",
	Export:     say.N("Copy /var/log/synolog/synobackup_server.log from the NAS that keeps the backups; the log of the NAS that is saved (synobackup.log) says more."),
	Evidence:   backup.List,
	Match:      hyperbackupVault.Match,
	Executions: hyperbackupVaultRuns,
})

var (
	hyperbackupVault     = signOf(`(?m)`+hyperbackupStamp+`(\{"TARGET_UNIQUE_ID".*?\})\t\[(.*?)\] (.*)$`, "TARGET_UNIQUE_ID")
	hyperbackupVaultEnds = map[string]backup.Outcome{
		"Backup complete.": backup.Success, "Backup failed.": backup.Failed,
		"Backup canceled.": backup.Cancelled, "Backup cancelled.": backup.Cancelled,
	}
)

func hyperbackupVaultRuns(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		l := hyperbackupLog{in: in, yield: yield}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if m := hyperbackupVault.FindStringSubmatch(line.Text); m != nil {
				l.readVault(line, m)
			}
			if l.stopped {
				return
			}
		}
		for _, r := range l.open {
			l.give(r)
		}
	}
}

func (l *hyperbackupLog) readVault(line Line, m []string) {
	var target struct {
		ID   jsonText `json:"TARGET_UNIQUE_ID"`
		User string   `json:"USER"`
	}
	level, stamp, peer, text := m[1], m[2], m[5], m[6]
	if err := json.Unmarshal([]byte(m[4]), &target); err != nil {
		l.stopped = !l.yield(backup.Execution{}, bad(line.N, say.Record("the target cannot be read: %v", err)))
		return
	}
	key := string(target.ID) + "\x00" + target.User + "\x00" + peer
	routine := "target " + string(target.ID) + " (" + target.User + ")"
	outcome := hyperbackupVaultEnds[text]
	r := l.run(key)
	switch {
	case text == "Backup started.":
		r = l.begin(line, key, routine, stamp)
		r.client = peer
		r.log.add(line.Text)
	case outcome == 0 && r != nil:
		r.say(level, text, line.Text)
	case outcome != 0:
		if r == nil {
			r = l.begin(line, key, routine, "")
			r.client = peer
		}
		r.say(level, text, line.Text)
		r.end, r.outcome, r.status = stamp, outcome, text
		l.close(r)
	}
}
