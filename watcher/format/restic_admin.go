package format

import (
	"encoding/json"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// resticAdminRules knows the commands that save nothing, copies and restores, and the head and foot of a terminal's capture.
var resticAdminRules = []resticRule{
	resticOn(`^create exclusive lock for repository$`, func(l *resticLog, text string, _ []string) { l.administer("", text) }),
	resticOn(`^(?:using temporary cache in .*|load indexes|check all packs|check snapshots, trees and blobs|read all data|read group #.*)$`, func(l *resticLog, text string, _ []string) {
		l.administer("check", text)
	}),
	resticOn(`^(?:(?:pack|tree|blob|index) [0-9a-f]{8,}\b.*|error for tree .*)$`, func(l *resticLog, text string, _ []string) {
		if l.keep(text); l.open.e.Routine == "check" && l.open.reason == "" {
			l.open.reason = short(text)
		}
	}),
	resticOn(`^no errors were found$`, func(l *resticLog, text string, _ []string) { l.administered("check", text) }),
	resticOn(`^(?:modified tags on \d+ snapshots|no snapshots were modified)$`, func(l *resticLog, text string, _ []string) { l.administered("tag", text) }),
	resticOn(`^successfully removed (?:\d+ )?locks$`, func(l *resticLog, text string, _ []string) { l.administered("unlock", text) }),

	resticOn(`^created restic repository ([0-9a-f]{8})[0-9a-f]* at `, func(l *resticLog, text string, m []string) { l.created(text, m[1]) }),
	resticOn(`^(?:Please note that knowledge of your password|the repository\. Losing your password|irrecoverably lost\.)`, func(*resticLog, string, []string) {}),

	resticOn(`^Applying Policy: `, func(l *resticLog, text string, _ []string) {
		if l.open.complete {
			l.next()
		}
		l.administer("forget", text)
	}),
	resticOn(`^(?:snapshots for \(.*\):|(?:keep|remove) \d+ snapshots:)$`, func(l *resticLog, text string, _ []string) { l.administer("forget", text).complete = false }),
	resticOn(`^(?:Remove\(|unable to remove )`, func(l *resticLog, text string, _ []string) { l.keep(text) }),
	resticOn(`^\d+ snapshots$`, func(l *resticLog, text string, _ []string) {
		l.keep(text)
		l.open.complete = l.open.e.Routine == "forget"
	}),
	resticOn(`^\d+ snapshots have been removed, running prune$`, func(l *resticLog, text string, _ []string) {
		r := l.administer("forget", text)
		r.complete, r.pruning = false, true
	}),
	resticOn(`^Would have removed the following snapshots:$`, func(l *resticLog, text string, _ []string) { l.administer("forget", text).dry = true }),
	resticOn(`^(?:loading indexes\.\.\.|loading all snapshots\.\.\.|finding data that is still in use .*|searching used packs\.\.\.|collecting packs for .*|repacking packs|rebuilding index)$`, func(l *resticLog, text string, _ []string) {
		if !l.open.pruning {
			l.administer("prune", text)
			return
		}
		l.keep(text)
		l.open.complete = false
	}),
	resticOn(`^done$`, func(l *resticLog, text string, _ []string) {
		if l.keep(text); l.open.e.Routine == "prune" || l.open.pruning {
			l.end(backup.Success)
		}
	}),

	resticOn(`^ *copy started, this may take a while`, func(l *resticLog, text string, _ []string) {
		l.begin(resticReading, backup.Copy, "copy")
		l.keep(text)
	}),
	resticOn(`^restoring (?:<Snapshot|snapshot) `, func(l *resticLog, text string, _ []string) {
		l.begin(resticReading, backup.Restore, "restore")
		l.keep(text)
	}),
	resticOn(`^Summary: Restored `, func(l *resticLog, text string, _ []string) {
		l.keep(text)
		l.open.complete = l.open.e.Kind == backup.Restore
	}),

	resticOn(`^Script started on (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d)`, func(l *resticLog, _ string, m []string) {
		l.open.e.Start, l.open.e.StartText, l.open.e.Absolute = resticInstant(m[1]), m[1], true
	}),
	resticOn(`^Script done on (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d)`, func(l *resticLog, _ string, m []string) {
		if d := l.done; d != nil && !l.open.begun && !d.e.Start.IsZero() {
			d.e.End = resticInstant(m[1])
		}
	}),
}

func resticInstant(s string) time.Time {
	t, _ := time.Parse(time.RFC3339, strings.Replace(s, " ", "T", 1))
	return t.UTC()
}

// administer begins a command that saves nothing, or goes on with it.
func (l *resticLog) administer(command, text string) *resticRun {
	r := l.begin(resticOpening, backup.Administrative, command)
	l.keep(text)
	return r
}

func (l *resticLog) administered(command, text string) {
	l.administer(command, text)
	l.end(backup.Success)
}

// created is init: the repository's id is all that makes one differ from the next.
func (l *resticLog) created(text, id string) {
	l.administer("init", text).e.Session = "repository " + id
	l.end(backup.Success)
}

// forgotten is the array of forget --json, which lists kept and removed snapshots; with --prune, text follows.
func (l *resticLog) forgotten(text string) {
	whole := l.line.Cut || json.Valid([]byte(text))
	if !whole && !l.line.Open {
		l.bad(say.Record("it is no JSON"))
		return
	}
	if l.open.complete {
		l.next()
	}
	r := l.administer("forget", text)
	r.complete, r.pruning = whole, whole
}
