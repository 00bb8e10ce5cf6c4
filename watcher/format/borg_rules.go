package format

import (
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

var borgOutcomes = map[string]backup.Outcome{
	"success": backup.Success, "warning": backup.Partial, "error": backup.Failed, "abnormal": backup.Failed,
	"signal": backup.Cancelled,
}

type borgRule struct {
	line *regexp.Regexp
	act  func(l *borgLog, line Line, m borgMessage, f []string)
}

func borgOn(pattern string, act func(l *borgLog, line Line, m borgMessage, f []string)) borgRule {
	return borgRule{regexp.MustCompile(pattern), act}
}

// borgOf takes a line of an archive's statistics.
func borgOf(pattern string, take func(r *borgRun, f []string)) borgRule {
	return borgOn(pattern, func(l *borgLog, line Line, m borgMessage, f []string) {
		r := l.creates(line, m)
		r.keep(line, m.Text)
		take(r, f)
	})
}

const borgSize = `[\d.]+ [kMGTPEZY]?B`

// borgRules knows the lines that say what borg does or how it ended. The first that fits acts.
var borgRules = []borgRule{
	// of the files, which are most lines by far
	borgOn(`^([AMUCEdbchfsix?-]) .*/`, func(l *borgLog, line Line, m borgMessage, f []string) {
		l.creates(line, m).dry = f[1] == "-" // each file of a dry run
		if f[1] == "E" || f[1] == "C" {
			l.open.keep(line, m.Text)
			why := say.Record("could not be read: %s", m.Text[2:])
			if f[1] == "C" {
				why = say.Record("changed while it was saved: %s", m.Text[2:])
			}
			l.complain(why)
		}
	}),

	// the end
	borgOn(`^terminating with (\w+) status, rc (\d+)$`, func(l *borgLog, line Line, m borgMessage, f []string) {
		if !line.Open { // else the number may go on
			l.exit(line, m.Text, f[1], f[2])
		}
	}),
	borgOn(`^(?:-{30,}|\s+(?:Original size|Unique chunks)\b.*|All archives: .*|Chunk index: .*|Utilization of .*|)$`, func(*borgLog, Line, borgMessage, []string) {}),

	// an archive's statistics
	borgOn(`^(?:Repository: .*|Archive name: (.*))$`, func(l *borgLog, line Line, m borgMessage, f []string) {
		if l.open.archive.id != "" || l.open.broken {
			l.next()
		}
		l.creates(line, m).keep(line, m.Text)
		if f[1] != "" {
			l.open.archive.name = f[1]
		}
	}),
	borgOf(`^Archive fingerprint: ([0-9a-f]{64})$`, func(r *borgRun, f []string) { r.archive.id = f[1] }),
	borgOf(`^Time \(start\): +(.*\d)$`, func(r *borgRun, f []string) { r.archive.start = f[1] }),
	borgOf(`^Time \(end\): +(.*\d)$`, func(r *borgRun, f []string) { r.archive.end = f[1] }),
	borgOf(`^Number of files: (\d+)$`, func(r *borgRun, f []string) { r.archive.files, _ = number(f[1]) }),
	borgOn(`^(?:This archive: +`+borgSize+` +`+borgSize+`|Deduplicated size:) +(`+borgSize+`)$`, func(l *borgLog, line Line, m borgMessage, f []string) {
		r := l.creates(line, m)
		r.keep(line, m.Text)
		r.archive.written = borgBytes(f[1])
		if r.archive.id != "" {
			l.told()
		}
	}),

	// a run that saves files
	borgOn(`^Creating archive at ".*::(.*)"$`, func(l *borgLog, line Line, m borgMessage, f []string) {
		if l.open.own {
			l.next()
		}
		l.creates(line, m).keep(line, m.Text)
		l.open.archive.name = f[1]
	}),
	borgOn(`^sys\.argv: .*'create'.*::([^']+)'`, func(l *borgLog, line Line, m borgMessage, f []string) {
		l.creates(line, m).keep(line, m.Text)
		l.open.archive.name = f[1]
	}),

	// commands that save nothing
	borgOn(`^(Keeping|Pruning|Would prune|Would keep)(?: checkpoint)? archive\b`, func(l *borgLog, line Line, m borgMessage, f []string) {
		l.administers(line, m.Text, "prune").dry = strings.HasPrefix(f[1], "Would")
	}),
	borgOn(`^Deleted data: `, func(l *borgLog, line Line, m borgMessage, _ []string) {
		command := "delete"
		if l.open.command != "" {
			command = l.open.command
		}
		l.administered(line, m.Text, command)
	}),
	borgOn(`^compaction freed about `, func(l *borgLog, line Line, m borgMessage, _ []string) { l.administered(line, m.Text, "compact") }),
	borgOn(`^(?:Starting .* check\b|Analyzing archive |finished segment check |Index object count match)`, func(l *borgLog, line Line, m borgMessage, _ []string) {
		l.administers(line, m.Text, "check")
	}),
	borgOn(`^(?:Finished|Completed|Archive consistency) .*check.*, (no problems|errors|problems) found\.?$`, func(l *borgLog, line Line, m borgMessage, f []string) {
		if r := l.administered(line, m.Text, "check"); f[1] != "no problems" {
			r.broken, r.cause = true, m.Text
		}
	}),

	// what went wrong
	borgOn(`^(?:Got Ctrl-C / SIGINT|Received SIG\w+|Keyboard interrupt)\b`, func(l *borgLog, line Line, m borgMessage, _ []string) {
		l.open.keep(line, m.Text)
		l.open.stopped, l.open.cause = true, m.Text
	}),
	borgOn(`^(?:Local|Remote) Exception\b`, func(l *borgLog, line Line, m borgMessage, _ []string) {
		l.open.keep(line, m.Text)
		l.open.broken = true
	}),
	borgOn(`^(?:[\w.]+\.)?\w*(?:Error|Exception|Interrupt)(?:: .*)?$`, func(l *borgLog, line Line, m borgMessage, _ []string) {
		l.open.keep(line, m.Text)
		if l.open.broken && l.open.cause == "" {
			l.open.cause = m.Text
		}
	}),
	borgOn(borgFatal, func(l *borgLog, line Line, m borgMessage, _ []string) { l.fail(line, m.Text) }),
	borgOn(borgComplaint, func(l *borgLog, line Line, m borgMessage, _ []string) {
		l.open.keep(line, m.Text)
		l.complain(m.Text)
	}),
}

// borgFatal are the messages with which borg gives up, without --show-rc often its last.
const borgFatal = `^(?:Repository .* (?:does not exist|already exists)|.* is not a valid repository|Archive .* already exists|` +
	`Failed to create/acquire the lock .*|passphrase supplied in .* is incorrect|Connection closed by remote host|Insufficient free space|` +
	`Data integrity error|Error: |borg: error: |.*\bunrecognized arguments: )`

// borgComplaint tells a source that could not be saved as it is. borgmatic passes these lines on.
const borgComplaint = `(?:\[Errno \d+\]|: file changed while we backed it up|^Include pattern .* never matched)`

// borgBytes reads a size; borg's units are those of 1000.
func borgBytes(s string) backup.Count {
	amount, unit, _ := strings.Cut(s, " ")
	f, ok := decimal(amount)
	for range strings.Index(" kMGTPEZY", unit[:1]) {
		f *= 1000
	}
	if !ok || f > 1<<62 {
		return backup.Count{}
	}
	return backup.N(int64(f))
}
