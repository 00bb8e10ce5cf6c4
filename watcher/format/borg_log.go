package format

import (
	"slices"

	"backstop/app/backup"
	"backstop/app/say"
)

// borgLog cuts what borg prints into runs. Output and messages go to two streams that are joined in either order, so the
// archive may stand before the line about the run's end or behind it, and complaints on both sides.
type borgLog struct {
	in      *Input
	yield   func(backup.Execution, error) bool
	open    *borgRun
	done    *borgRun // has its archive or its exit status, and waits for the other; nil for none
	showsRC bool     // runs of this file tell their exit status
	stopped bool
}

func (l *borgLog) read(line Line, m borgMessage) {
	l.open.dated(line, m)
	m.Text = resticPlain(m.Text)
	for _, rule := range borgRules {
		if f := rule.line.FindStringSubmatch(m.Text); f != nil {
			rule.act(l, line, m, f)
			return
		}
	}
	if slices.Contains([]string{"ERROR", "CRITICAL"}, m.Level) {
		l.fail(line, m.Text)
		return
	}
	l.open.keep(line, m.Text)
	if m.Level == "WARNING" {
		l.complain(m.Text)
	}
}

// creates says that the line is of a run that saves files.
func (l *borgLog) creates(line Line, m borgMessage) *borgRun {
	if r := l.open; r.own && !r.creating {
		l.next()
	}
	l.open.dated(line, m)
	if r := l.open; !r.creating {
		r.own, r.creating = true, true
		if r.line.N == 0 {
			r.line = line
		}
	}
	return l.open
}

// administers says that the line is of a command that saves nothing.
func (l *borgLog) administers(line Line, text, command string) *borgRun {
	if d := l.done; d != nil && !d.judged && d.command == command && command == "check" { // it checks archives after the repository
		d.absorb(l.open)
		d.complete = false
		l.open, l.done = d, nil
	}
	if r := l.open; r.own && r.command != command {
		l.next()
	}
	l.flush()
	r := l.open
	r.own, r.command = true, command
	r.keep(line, text)
	return r
}

// administered is the last that such a command tells but its exit status.
func (l *borgLog) administered(line Line, text, command string) *borgRun {
	r := l.administers(line, text, command)
	r.complete = true
	l.told()
	return r
}

func (l *borgLog) complain(text string) {
	if l.open.complaint == "" {
		l.open.complaint = text
	}
}

// fail says that an error ended the run; the first one is the cause of the others.
func (l *borgLog) fail(line Line, why string) {
	r := l.open
	r.keep(line, why)
	if r.broken = true; r.cause == "" {
		r.cause = why
	}
}

// created is the whole object about an archive.
func (l *borgLog) created(line Line, a borgArchive) {
	if d := l.done; d != nil && d.judged && d.archive.id == "" && d.command == "" && d.outcome <= backup.Partial && !l.open.own {
		d.own, d.archive = true, a
		l.flush()
		return
	}
	if r := l.open; r.own && (!r.creating || r.archive.id != "" && r.archive.id != a.id) {
		l.next()
	}
	r := l.creates(line, borgMessage{})
	r.archive = a
	l.told()
}

// told ends what is read of a run that has told all but its exit status. What follows may be its own, or the next one's.
func (l *borgLog) told() {
	l.flush()
	l.done, l.open = l.open, &borgRun{}
}

// exit is the line about the end of a run: the one that waits for it, else the one that is read.
func (l *borgLog) exit(line Line, text, word, rc string) {
	l.showsRC = true
	r := l.open
	if d := l.done; d != nil && !d.judged && !r.own {
		r = d
		l.open.keep(line, text)
		r.absorb(l.open)
	} else {
		l.flush()
		r.keep(line, text)
	}
	l.done, l.open = r, &borgRun{}
	r.judged, r.word, r.rc, r.outcome = true, word, rc, borgOutcomes[word]
	switch {
	case r.stopped:
		r.outcome = backup.Cancelled
	case r.broken && r.command != "": // a check that found errors ends with a warning
		r.outcome = backup.Failed
	}
	if r.outcome == 0 {
		r.judged, r.word, r.rc = false, "", ""
		if r.archive.id == "" || r.archive.showsRC { // else the archive has told all that is expected of it
			l.done = nil
		}
		l.flush()
		l.bad(unknownWord(line.N, say.Record("borg's status"), word))
	}
}

// next ends the run that is being read, since the line is of another.
func (l *borgLog) next() {
	r := l.open
	l.flush()
	l.open = &borgRun{}
	if r.outcome = r.unended(); r.outcome == 0 {
		l.in.note(say.Record("runs that do not tell how they ended are left out: borg tells it with --show-rc"))
		return
	}
	l.give(r)
}

// flush gives out the run that ended; nothing more will be said of it.
func (l *borgLog) flush() {
	r := l.done
	l.done = nil
	if r == nil {
		return
	}
	if !r.judged {
		r.outcome = r.unended()
	}
	if r.outcome == backup.Success && !r.own {
		l.in.note(say.Record("runs that tell only their exit status are left out: borg create tells its archive with --stats"))
		return
	}
	l.give(r)
}

func (l *borgLog) give(r *borgRun) {
	if l.stopped {
		return
	}
	if r.dry {
		l.in.note(say.Record("dry runs are left out: they change nothing"))
		return
	}
	e, err := r.execution(l.in)
	l.stopped = !l.yield(e, err)
}

func (l *borgLog) bad(err error) { l.stopped = l.stopped || !l.yield(backup.Execution{}, err) }

// close judges what is left at the end.
func (l *borgLog) close() {
	if d := l.done; d != nil && !d.judged && !l.open.own {
		d.absorb(l.open)
		l.open = &borgRun{}
		if l.showsRC || d.archive.showsRC { // the line about its end is still to come
			d.judged, d.outcome = true, backup.Running
		}
	}
	l.flush()
	r := l.open
	if r.outcome = backup.Running; r.stopped || r.broken {
		r.outcome = r.unended()
	} else if !r.creating {
		return
	}
	l.give(r)
}
